// Who is logged in: chosen from the demo's callers, shown in the header, and forgotten
// again. A real portal has DigiD or eHerkenning in this place, and gets the token of who
// logged in from its own server. Here it is kept in a variable only: whoever leaves the
// page is logged out.

import { Failure } from "./graphql.js";
import { element } from "./render/element.js";
import { renderFailure } from "./render/notices.js";
import { View } from "./view.js";

const form = document.getElementById("login-form");
const badge = document.getElementById("badge");
const who = document.getElementById("who");

/**
 * Let somebody log in.
 *
 * @param names of the callers who can be here.
 * @param enter shows what there is for a caller: `token`, `purpose`, `who`, `how`, `actor`.
 * @param clear forgets what was shown.
 * @param mayLeave whether nothing is lost by that, or the one who is logged in agrees.
 * @returns logs out.
 */
export function offerLogin({ names, enter, clear, mayLeave = () => true }) {
  const view = new View("login");
  let callers = new Map();
  const offer = () => view.wait(async () => {
    callers = await fetchCallers();
    return { content: names.map((name) => renderChoice(callers.get(name), name === names[0])) };
  }, (failure) => renderFailure(failure, offer));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const caller = callers.get(new FormData(form).get("caller"));
    if (!caller) return;
    who.textContent = `${caller.who}, ${caller.how}`;
    badge.hidden = false;
    enter(caller);
  });

  function leave() {
    if (!mayLeave()) return;
    clear();
    badge.hidden = true;
    who.textContent = "";
    view.open();
    offer(); // with tokens that hold from now on
  }

  document.getElementById("leave").addEventListener("click", leave);
  offer();
  return leave;
}

async function fetchCallers() {
  try {
    const response = await fetch("/voorbeeld/logins.json");
    return new Map((await response.json()).map((caller) => [caller.name, caller]));
  } catch {
    throw new Failure("network");
  }
}

function renderChoice({ name, who: called, how }, isFirst) {
  return element("label", { class: "choice" },
    element("input", { type: "radio", name: "caller", value: name, checked: isFirst, required: true }),
    element("span", {},
      element("span", { class: "name" }, called),
      element("span", { class: "about" }, how)));
}
