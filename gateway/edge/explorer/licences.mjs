// Collects the licences of what was bundled, and of nothing else.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE = /^(licen[cs]e|copying|notice|third.?party.?notices?)/i;

// Folders of the packages of which at least one byte was bundled.
function bundled(metafiles) {
  const found = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.keys(inputs))
    .map((input) => PACKAGE.exec(input)?.[1])
    .filter(Boolean);
  return [...new Set(found)].sort();
}

async function licence(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const files = (await readdir(folder)).filter((file) => LICENCE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const by = author?.name ?? author;
  const head = [`${name} ${version}`, `Licence: ${license}`, ...(by ? [`By: ${by}`] : [])];
  return [head.join("\n"), ...texts.map((text) => text.trim())].join("\n\n");
}

export async function licences(metafiles) {
  const each = await Promise.all(bundled(metafiles).map(licence));
  return `${each.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}
