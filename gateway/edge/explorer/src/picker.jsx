// Who asks in the tab that is open: one of the demo's callers, nobody, or somebody else.
import { useGraphiQL, useHeadersEditorState } from "@graphiql/react";

import { CALLERS, NOBODY, callerOf } from "./given.js";

const OTHER = "iemand anders";

function chosen(headers) {
  if (!headers.trim()) return "";
  return callerOf(headers)?.name ?? OTHER;
}

export function Picker() {
  const [headers, setHeaders] = useHeadersEditorState();
  const isReady = useGraphiQL((state) => Boolean(state.headerEditor));
  const value = chosen(headers);
  const choose = ({ target }) => {
    const caller = CALLERS.find(({ name }) => name === target.value);
    setHeaders(caller ? caller.headers : NOBODY);
  };
  return (
    <p className="picker">
      <label htmlFor="caller">Wie vraagt in deze tab</label>
      <select id="caller" value={value} onChange={choose} disabled={!isReady}>
        <option value="">niemand: zonder token</option>
        {CALLERS.map(({ name, who }) => (
          <option key={name} value={name}>
            {name}: {who}
          </option>
        ))}
        {value === OTHER && <option value={OTHER}>iemand anders: zie Headers</option>}
      </select>
    </p>
  );
}
