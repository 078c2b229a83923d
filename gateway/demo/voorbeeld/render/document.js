// A document: its title, kind and size. What is in it is not in the graph.

import { element } from "./element.js";
import { day, format, size } from "./words.js";

export function renderDocument({ titel, formaat, bestandsomvang, creatiedatum }) {
  const about = [
    formaat && format(formaat),
    bestandsomvang !== null && size(bestandsomvang),
    day(creatiedatum),
  ];
  return element("div", { class: "reference" },
    element("p", { class: "kind" }, "Document"),
    element("p", { class: "name" }, titel),
    element("p", { class: "about" }, about.filter(Boolean).join(", ")));
}
