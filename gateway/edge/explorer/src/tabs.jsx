// Which tab is open when the page is: the last one, or the example that a link names; and
// as whom a new one asks.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";

import { EXAMPLES, NOBODY } from "./given.js";

// `#example=N`; that part of an address is sent to nobody, and goes once it is heeded.
function named() {
  const said = new URLSearchParams(location.hash.slice(1)).get("example");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return EXAMPLES[said];
}

function useEditors() {
  return [
    useGraphiQL((state) => state.queryEditor),
    useGraphiQL((state) => state.variableEditor),
    useGraphiQL((state) => state.headerEditor),
    useGraphiQL((state) => state.responseEditor),
  ];
}

// A new tab asks as who was asking in the one that was open.
function useSameCaller(tabs, active, headerEditor) {
  const before = useRef({ tabs, active });
  useEffect(() => {
    const from = before.current;
    before.current = { tabs, active };
    const isNew = tabs.length > from.tabs.length && headerEditor?.getValue() === NOBODY;
    if (isNew) headerEditor.setValue(tabs[from.active].headers ?? NOBODY);
  }, [tabs, active, headerEditor]);
}

export function OpenTab() {
  const { addTab, changeTab } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const active = useGraphiQL((state) => state.activeTabIndex);
  const editors = useEditors();
  const isReady = editors.every(Boolean);
  const now = useRef();
  now.current = { tabs, active, editors };
  useSameCaller(tabs, active, editors[2]);

  useEffect(() => {
    if (!isReady) return undefined;
    const open = (example) => {
      const at = now.current.tabs.findIndex(({ query }) => query === example.query);
      if (at >= 0) {
        changeTab(at);
        return;
      }
      addTab();
      const [query, variables, headers] = now.current.editors;
      query.setValue(example.query);
      variables.setValue(example.variables);
      headers.setValue(example.headers);
    };
    const heed = () => {
      const example = named();
      if (example) open(example);
    };
    // GraphiQL begins with editors that know nothing of the tab's variables and headers.
    changeTab(now.current.active);
    heed();
    window.addEventListener("hashchange", heed);
    return () => window.removeEventListener("hashchange", heed);
  }, [isReady, addTab, changeTab]);
  return null;
}
