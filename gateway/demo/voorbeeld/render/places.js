// What stands in the place of something that is not there.

import { isOutage, whyNot } from "../graphql.js";
import { element } from "./element.js";

/**
 * What `object[field]` is, rendered; or in its place why it is not there.
 *
 * @param what its name, such as "de zaak".
 * @param render makes an element of what is there.
 * @returns null where there is nothing to say: it is empty, or not for who asks.
 */
export function place(object, field, what, render) {
  if (object[field]) return render(object[field]);
  const said = sentence(whyNot(object, field), what);
  return said && element("p", { class: "absent" }, said);
}

function sentence(reason, what) {
  if (reason === null || reason.code === "FORBIDDEN") return null;
  if (isOutage(reason)) return `Gegevens over ${what} zijn nu niet op te halen.`;
  if (reason.code === "UNKNOWN_REGISTER") {
    return `Gegevens over ${what} staan in een systeem dat hier niet is aangesloten.`;
  }
  if (reason.code === "STEP_UP_REQUIRED") {
    return `Voor ${what} moet u inloggen met meer zekerheid.`;
  }
  return `Gegevens over ${what} zijn er niet meer, of zijn niet voor u.`;
}
