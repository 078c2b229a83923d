// Begins the explorer. Everything comes from the gateway itself; Monaco's workers are files
// of their own, since the page's policy allows no script from anywhere else.
import "@graphiql/react/font/fira-code.css";
import "@graphiql/react/font/roboto.css";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./explorer.css";

import { createRoot } from "react-dom/client";

import { Explorer } from "./explorer.jsx";

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(WORKERS[label] ?? WORKERS.editor),
};

createRoot(document.getElementById("root")).render(<Explorer />);
