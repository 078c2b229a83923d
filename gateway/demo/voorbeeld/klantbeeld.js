// A klantbeeld on the page: asked in one question, and more contacts of it when wanted.

import { needed, whyNot } from "./graphql.js";
import { PAGE } from "./queries.js";
import { focusOn } from "./render/element.js";
import { anchor } from "./render/klantcontact.js";
import { renderBanner, renderFailure } from "./render/notices.js";
import { counted, renderTijdlijn } from "./render/tijdlijn.js";

const LARGEST_PAGE = 50;

/**
 * Make what opens a klantbeeld.
 *
 * @param view where it is shown.
 * @param whole asks for all of it: the `klantbeeld` in the answer's data.
 * @param further asks for the contacts after a cursor only.
 * @param names what partijen are called, by id, from that data.
 * @param render gives what goes on the page; null leaves something off.
 * @param absent gives what goes there when nobody is known so.
 * @param leave logs out.
 */
export function klantbeeldIn(view, { whole, further, names, render, absent, leave }) {
  let answer;
  let contacten = [];
  let page;

  async function open() {
    const first = Math.min(Math.max(PAGE, contacten.length), LARGEST_PAGE);
    await view.wait(async () => {
      answer = await whole({ first });
      if (whyNot(answer.data, "klantbeeld")?.code === "NOT_FOUND") {
        return { content: [absent()], said: "Niets gevonden" };
      }
      page = needed(needed(answer.data, "klantbeeld"), "klantcontacten");
      contacten = page.nodes;
      return shown();
    }, (failure) => renderFailure(failure, open, leave));
    focusOn(view.heading);
  }

  async function more() {
    const seen = contacten.length;
    const came = await view.wait(async () => {
      const next = await further({ first: PAGE, after: page.pageInfo.endCursor });
      page = needed(needed(next.data, "klantbeeld"), "klantcontacten");
      contacten = [...contacten, ...page.nodes];
      answer = {
        data: answer.data,
        missing: [...new Set([...answer.missing, ...next.missing])],
        stale: { ...answer.stale, ...next.stale },
      };
      return shown();
    }, (failure) => renderFailure(failure, more, leave), { keep: true });
    if (came) document.getElementById(anchor(contacten[seen]))?.focus();
  }

  function shown() {
    const tijdlijn = renderTijdlijn({
      contacten,
      total: page.totalCount,
      names: names(answer.data),
      more: page.pageInfo.hasNextPage ? more : null,
    });
    const banner = renderBanner(answer, open);
    return {
      content: render(answer.data, { banner, tijdlijn, contacten }),
      said: [`${counted(contacten, page.totalCount)} opgehaald`, banner?.firstChild.textContent]
        .filter(Boolean).join(". "),
    };
  }

  return open;
}
