// What is told of the last answer of each tab: of the one that is open it is shown.

const NOTHING = { outcome: "Nog niets gevraagd.", cost: "" };

let open;
const byTab = new Map();
const listeners = new Set();

const heard = () => listeners.forEach((listener) => listener());

// GraphiQL's onTabChange.
export function opened({ tabs, activeTabIndex }) {
  const { id } = tabs[activeTabIndex];
  if (id === open) return;
  open = id;
  heard();
}

// Gives what tells of the tab that is open now, whichever is open by then.
export function teller() {
  const tab = open;
  return (outcome, cost = "") => {
    byTab.set(tab, { outcome, cost });
    heard();
  };
}

// For React's useSyncExternalStore.
export const toldOfTab = {
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: () => byTab.get(open) ?? NOTHING,
};
