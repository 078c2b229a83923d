// The page of a resident, a company, or who acts for one.

import { ask } from "./graphql.js";
import { klantbeeldIn } from "./klantbeeld.js";
import { offerLogin } from "./login.js";
import { MIJN_KLANTBEELD, MIJN_VOLGENDE_CONTACTEN } from "./queries.js";
import { element } from "./render/element.js";
import { renderOpenKlanttaken } from "./render/klanttaak.js";
import { nameOf, namesOf, renderPartij } from "./render/partij.js";
import { View } from "./view.js";

const view = new View("klantbeeld");

const leave = offerLogin({
  names: ["klant", "bedrijf", "vertegenwoordiger"],
  enter(caller) {
    const open = klantbeeldIn(view, {
      whole: (variables) => ask(caller, MIJN_KLANTBEELD, variables),
      further: (variables) => ask(caller, MIJN_VOLGENDE_CONTACTEN, variables),
      names,
      render,
      absent: () => element("p", {}, "Er is nog niets van u vastgelegd."),
      leave,
    });
    view.open();
    open();
  },
  clear: () => view.clear(),
});

// Who is logged in is "u"; for whom somebody acts has a name.
function names({ ik, klantbeeld }) {
  return namesOf(klantbeeld, ik.namens ? nameOf(klantbeeld.partij) : "u");
}

function render({ ik, klantbeeld: { partij } }, { banner, tijdlijn, contacten, hasMore }) {
  const name = nameOf(partij);
  return [
    element("p", { class: "lead" }, ik.namens
      ? `U bekijkt de contacten van ${name}.`
      : "Wanneer we elkaar spraken of schreven, en waar dat over ging."),
    banner,
    renderOpenKlanttaken(contacten, hasMore),
    element("div", { class: "columns" },
      tijdlijn,
      renderPartij(partij, ik.namens ? `Gegevens van ${name}` : "Uw gegevens")),
  ];
}
