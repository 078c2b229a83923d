// Makes what is on the page. Text is always text, never HTML: what people wrote to the
// municipality stands in it.

/**
 * Make an element.
 *
 * @param attributes `on…` listens; false, null and undefined leave an attribute off.
 * @param children elements and texts; null and false leave a child off.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** Pairs of a term and what it is, without those of which nothing is known. */
export function facts(...pairs) {
  const known = pairs.filter(([, value]) => value != null && value !== "");
  return element("dl", { class: "facts" }, known.map(([term, value]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, value))));
}

/** Show this instead of what was there, and read on from its heading. */
export function focusOn(heading) {
  heading.tabIndex = -1;
  heading.focus();
}

/** A digital address: where it is too long for its place, it breaks after the at sign. */
export function breakable(address) {
  return address.split(/(?<=@)/).flatMap((part, index) =>
    index ? [document.createElement("wbr"), part] : [part]);
}

/** A link that a register gave: only to the web, or it is no link. */
export function webLink(address, text) {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isWeb) return null;
  return element("a", { href: address, rel: "external noreferrer" }, text);
}
