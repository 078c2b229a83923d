// The colours of the editors: Monaco's own, where these stand out enough (WCAG 2.2, 1.4.3).
import * as monaco from "monaco-graphql/esm/monaco-editor.js";

const TRANSPARENT = "#ffffff00";

function define(name, base, { comment, argument, lines, accent }) {
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    colors: {
      "editor.background": TRANSPARENT,
      "scrollbar.shadow": TRANSPARENT,
      "editorLineNumber.foreground": lines,
      focusBorder: accent,
    },
    rules: [
      { token: "comment", foreground: comment },
      { token: "argument.identifier.gql", foreground: argument },
    ],
  });
  return name;
}

export const EDITOR_THEME = {
  light: define("klantbeeld-light", "vs", {
    comment: "#006b00",
    argument: "#5450b8",
    lines: "#3b4b68",
    accent: "#154273",
  }),
  dark: define("klantbeeld-dark", "vs-dark", {
    comment: "#8cbf78",
    argument: "#aaa6ff",
    lines: "#b7c2d7",
    accent: "#8fc4ff",
  }),
};
