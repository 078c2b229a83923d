// What the editor of variables may call a mistake. monaco-graphql requires each field of an
// input that is not null, also one with a default value, which may be left out.
// Source: GraphQL, October 2021, 3.10, Input Object Required Fields.
import { languages } from "monaco-graphql/esm/monaco-editor.js";

const { jsonDefaults } = languages.json;

const hasDefault = ({ properties }, name) => "default" in properties[name];

// The same schema where nothing was to be changed.
function loosened(schema) {
  const { required = [], definitions = {} } = schema;
  const needed = required.filter((name) => !hasDefault(schema, name));
  const inner = Object.entries(definitions).map(([name, each]) => [name, loosened(each)]);
  const isSame =
    needed.length === required.length && inner.every(([name, each]) => each === definitions[name]);
  return isSame ? schema : { ...schema, required: needed, definitions: Object.fromEntries(inner) };
}

jsonDefaults.onDidChange(() => {
  const { schemas = [], ...options } = jsonDefaults.diagnosticsOptions;
  const changed = schemas.map((each) => ({ ...each, schema: loosened(each.schema) }));
  if (changed.some(({ schema }, at) => schema !== schemas[at].schema)) {
    jsonDefaults.setDiagnosticsOptions({ ...options, schemas: changed });
  }
});
