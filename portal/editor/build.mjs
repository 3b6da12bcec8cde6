/** Bundles the editor into one file, and writes on it which sources it was made of. */
import {build} from "esbuild";
import {createHash} from "node:crypto";
import {existsSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] || join(here, "../static"));
const schema = join(here, "../../workflows/domain/content/schema.json");

function sources(folder) {
  return readdirSync(folder, {withFileTypes: true})
    .flatMap(entry => (entry.isDirectory() ? sources(join(folder, entry.name)) : join(folder, entry.name)))
    .filter(path => path.endsWith(".js"));
}

/** SHA-256 over "name\0length\0bytes" of each file in the order of its name; test_bundle.py does the same. */
function fingerprint() {
  const files = [
    ...["build.mjs", "package-lock.json", "package.json"].map(name => join(here, name)),
    ...sources(join(here, "src")),
  ].map(path => [relative(here, path).replaceAll("\\", "/"), path]);
  const hash = createHash("sha256");
  for (const [name, path] of [...files.sort(([a], [b]) => (a < b ? -1 : 1)), ["schema.json", schema]]) {
    const bytes = readFileSync(path);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  banner: {js: `/* Trình Ký editor; sources sha256:${fingerprint()}; licences: editor.LICENSES.txt */`},
});
writeFileSync(join(target, "editor.js"), result.outputFiles[0].contents);

const packages = new Set(
  Object.keys(result.metafile.inputs)
    .map(path => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean),
);
const licences = [...packages].sort().map(name => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENCE", "license"].map(each => join(folder, each)).find(existsSync);
  return `${name} ${about.version} (${about.license})\n\n${file ? readFileSync(file, "utf8").trim() : ""}\n`;
});
writeFileSync(join(target, "editor.LICENSES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
console.log(`editor.js: ${result.outputFiles[0].contents.length} bytes`);
