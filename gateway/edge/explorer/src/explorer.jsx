import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { HISTORY_PLUGIN, HistoryStore } from "@graphiql/plugin-history";
import { GraphiQLProvider } from "@graphiql/react";
import { GraphiQL, GraphiQLInterface } from "graphiql";
import { useSyncExternalStore } from "react";

import { ask } from "./ask.js";
import { CALLERS, EXAMPLES, NOBODY } from "./given.js";
import { Picker } from "./picker.jsx";
import { storage } from "./storage.js";
import { OpenTab } from "./tabs.jsx";
import { EDITOR_THEME } from "./theme.js";
import { opened, toldOfTab } from "./told_by_tab.js";
import "./variables.js";

const PLUGINS = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];
const LICENCES = "/graphql/static/THIRD-PARTY-LICENSES.txt";

function Told() {
  const { outcome, cost } = useSyncExternalStore(toldOfTab.subscribe, toldOfTab.current);
  return (
    <>
      <p role="status">{outcome}</p>
      <p className="cost">{cost}</p>
    </>
  );
}

function Page() {
  return (
    <>
      <header>
        <h1>Klantbeeld</h1>
        {CALLERS.length > 0 && <Picker />}
      </header>
      <main>
        <GraphiQLInterface
          defaultEditorToolsVisibility={CALLERS.length ? "variables" : "headers"}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <span />
          </GraphiQL.Logo>
        </GraphiQLInterface>
      </main>
      <footer>
        <Told />
        <a href={LICENCES}>Licenties</a>
      </footer>
      <OpenTab />
    </>
  );
}

export function Explorer() {
  return (
    <GraphiQLProvider
      fetcher={ask}
      onTabChange={opened}
      storage={storage}
      plugins={PLUGINS}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultTabs={EXAMPLES}
      defaultHeaders={NOBODY}
      editorTheme={EDITOR_THEME}
      shouldPersistHeaders
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore>
        <DocExplorerStore>
          <Page />
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}
