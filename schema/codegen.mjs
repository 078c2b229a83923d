// Types for a frontend's own queries, in the folder of that frontend:
//
//   npm install --save-dev @graphql-codegen/cli @graphql-codegen/client-preset && npx graphql-codegen --config ../klantbeeld/schema/codegen.mjs
//
// where ../klantbeeld is this project. It reads the queries in src/ and writes
// src/klantbeeld/. With other folders: copy this file beside schema.graphql, and change it.
//
// Its imports have no extension, as bundlers (Vite, webpack) and CommonJS want them. For ES
// modules that Node.js itself runs ("type": "module" and "module": "nodenext"): add
// importExtension: ".js" beside `generates`.
import { fileURLToPath } from "node:url";

export default {
  schema: fileURLToPath(new URL("schema.graphql", import.meta.url)),
  documents: ["src/**/*.{ts,tsx,vue,svelte,graphql}", "!src/klantbeeld/**"],
  generates: {
    "src/klantbeeld/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        strictScalars: true,
        useTypeImports: true,
        // What stands in JSON for each scalar of the schema.
        scalars: {
          BSN: "string",
          Date: "string",
          DateTime: "string",
          Identificatienummer: "string",
          JSON: "unknown",
          KVKNummer: "string",
          RSIN: "string",
          URL: "string",
          UUID: "string",
          Vestigingsnummer: "string",
          _Any: "unknown",
          federation__Policy: "string",
          federation__Scope: "string",
        },
      },
    },
  },
};
