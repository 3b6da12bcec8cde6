/** Lets Node read the schema as the bundler does: a JSON file as a module. */
import {readFile} from "node:fs/promises";

export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const source = await readFile(new URL(url), "utf8");
  return {format: "module", shortCircuit: true, source: `export default ${source}`};
}
