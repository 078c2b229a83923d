// Makes the explorer's bundle: node build.mjs FOLDER. Nothing else is written.
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { build } from "esbuild";

import { licences } from "./licences.mjs";

const SERVED = "/graphql/static/";
const TARGET = ["chrome109", "edge109", "firefox115", "safari16.4"];
const WORKERS = {
  editor: "monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
};

const [folder] = process.argv.slice(2);
const common = {
  bundle: true,
  minify: true,
  metafile: true,
  outdir: folder,
  target: TARGET,
  legalComments: "none", // what was bundled is in THIRD-PARTY-LICENSES.txt
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

// The files that were made of entry points, by the name of what they were made of.
const made = ({ outputs }) =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([, { entryPoint }]) => entryPoint)
      .map(([path, { entryPoint, cssBundle }]) => [
        basename(entryPoint),
        { script: SERVED + basename(path), style: cssBundle && SERVED + basename(cssBundle) },
      ]),
  );

const workers = await build({
  ...common,
  entryPoints: Object.values(WORKERS),
  entryNames: "[name]-[hash]",
  format: "iife",
});
const served = made(workers.metafile);
const byLabel = Object.fromEntries(
  Object.entries(WORKERS).map(([label, path]) => [label, served[basename(path)].script]),
);
const page = await build({
  ...common,
  entryPoints: { explorer: "src/main.jsx" },
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  format: "esm",
  splitting: true,
  jsx: "automatic",
  loader: { ".ttf": "file" },
  define: { ...common.define, WORKERS: JSON.stringify(byLabel) },
});

const { script, style } = made(page.metafile)["main.jsx"];
const template = await readFile("src/index.html", "utf8");
await writeFile(
  join(folder, "index.html"),
  template.replace("{{script}}", script).replace("{{style}}", style),
);
// Styles of parts that are loaded later are in the page's own, through theme.js.
const styles = Object.keys(page.metafile.outputs).filter((path) => path.endsWith(".css"));
await Promise.all(styles.filter((path) => SERVED + basename(path) !== style).map((path) => rm(path)));
await writeFile(
  join(folder, "THIRD-PARTY-LICENSES.txt"),
  await licences([workers.metafile, page.metafile]),
);
