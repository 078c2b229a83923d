// A telephone call that is recorded: one at a time, from its form until it is sure what
// became of it. Whoever looks at something else meanwhile finds it as they left it.

import { ask, needed } from "./graphql.js";
import { ACTOREN, REGISTREER_KLANTCONTACT } from "./queries.js";
import { renderFailure, renderNotice } from "./render/notices.js";
import { nameOf } from "./render/partij.js";
import { invoer, isRecordedBefore, renderVastleggen, showFouten, showRecordedBefore } from "./render/vastleggen.js";

/**
 * Make what records calls.
 *
 * @param view where the form is.
 * @param button leads back to it; has no place while there is none.
 * @param news says what became of a call to who is somewhere else by then.
 * @param leave logs out.
 */
export function gesprekIn(view, { button, news, leave }) {
  let call = null;
  let isFilledIn = false;
  let session = 0; // another for each login

  addEventListener("beforeunload", (event) => isFilledIn && event.preventDefault());

  /** Ask who filled in a form whether it may go; true where nothing was filled in. */
  function mayForget() {
    return !isFilledIn || confirm(
      `Wat u invulde over het gesprek met ${nameOf(call.partij)} is nog niet vastgelegd, en gaat nu verloren. Wilt u toch verder?`);
  }

  function forget() {
    call = null;
    isFilledIn = false;
    button.hidden = true;
    view.clear();
    tell(null);
  }

  function tell(said) {
    news.replaceChildren(...[renderNotice(said)].filter(Boolean));
  }

  /**
   * Open the form.
   *
   * @param about `caller`, `partij`, `vaststelling`, and how that was `established` in words.
   * @param back leads to the klantbeeld; what is given to that, is said there first.
   */
  async function open({ caller, partij, vaststelling, established, back }) {
    if (call?.back === back) return view.open();
    if (!mayForget()) return;
    forget();
    // One key for one call: sent twice, it is recorded once.
    const mine = { caller, session, partij, vaststelling, back, sleutel: crypto.randomUUID() };
    call = mine;
    button.textContent = `Gesprek met ${nameOf(partij)}`;
    button.hidden = false;
    view.open();
    const fill = () => view.wait(async () => {
      const { data } = await ask(caller, ACTOREN);
      const { nodes, pageInfo } = needed(data, "actoren");
      return { content: [renderVastleggen({
        actoren: nodes,
        isCut: pageInfo.hasNextPage,
        self: caller.actor,
        name: nameOf(partij),
        established,
        filledIn: () => { isFilledIn = true; },
        submit: (filled) => submit(mine, filled),
        cancel: () => end(mine),
      })] };
    }, (failure) => renderFailure(failure, fill, leave));
    await fill();
  }

  function end({ back }, said) {
    forget();
    back(said);
  }

  async function submit(mine, filled) {
    const variables = { invoer: invoer(filled, mine), sleutel: mine.sleutel };
    let outcome = null;
    await view.wait(async () => {
      const { data } = await ask(mine.caller, REGISTREER_KLANTCONTACT, variables);
      outcome = needed(data, "registreerKlantcontact");
      return {};
    }, (failure) => renderFailure(failure, again, leave, { unsure: UNSURE }),
    { keep: true, busy: "Bezig met vastleggen …" });
    if (mine.session !== session) return;
    if (call === mine && outcome) concluded(mine, outcome);
    else if (!isHere(mine)) tell(elsewhere(mine, outcome));
  }

  // As it is filled in by then.
  const again = () => document.getElementById("record-form").requestSubmit();

  const isHere = (mine) => call === mine && view.isOpen;

  // Whoever went on to somebody else in the meantime, stays there.
  function concluded(mine, { klantcontact, fouten }) {
    const wasHere = isHere(mine);
    if (fouten.length === 0 && wasHere) {
      // What was recorded may be hidden from who recorded it.
      return end(mine, klantcontact ? `Gesprek ${klantcontact.nummer} is vastgelegd` : "Het gesprek is vastgelegd");
    }
    if (fouten.length === 0) forget();
    else if (isRecordedBefore(fouten)) showRecordedBefore(() => end(mine, "Het gesprek is vastgelegd"));
    else showFouten(fouten);
    if (!wasHere) tell(elsewhere(mine, { fouten }));
  }

  return {
    open,
    mayForget,
    /** Go back to the form. */
    show() {
      view.open();
    },
    /** What was said, was read. */
    hush: () => tell(null),
    /** Who was logged in, no longer is. */
    clear() {
      session += 1;
      forget();
    },
  };
}

const UNSURE =
  "Het is niet zeker of dit is vastgelegd. Probeer het opnieuw: het wordt niet twee keer vastgelegd.";

function elsewhere({ partij }, outcome) {
  const gesprek = `gesprek met ${nameOf(partij)}`;
  if (!outcome) return `Het is niet zeker of het ${gesprek} is vastgelegd`;
  const isRecorded = outcome.fouten.length === 0 || isRecordedBefore(outcome.fouten);
  return `Het ${gesprek} is ${isRecorded ? "vastgelegd" : "nog niet vastgelegd: er klopt iets niet"}`;
}
