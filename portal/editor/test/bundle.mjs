/** Writes the bundle of the test page to the standard output. */
import {build} from "esbuild";
import {dirname} from "node:path";
import {fileURLToPath} from "node:url";

const result = await build({
  absWorkingDir: dirname(fileURLToPath(import.meta.url)),
  entryPoints: ["page.js"],
  bundle: true,
  format: "iife",
  target: "es2020",
  write: false,
});
process.stdout.write(result.outputFiles[0].text);
