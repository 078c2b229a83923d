// A klantbeeld on the page: asked in one question, and more contacts of it when wanted.

import { needed, whyNot } from "./graphql.js";
import { PAGE } from "./queries.js";
import { focusOn } from "./render/element.js";
import { anchor } from "./render/klantcontact.js";
import { renderBanner, renderFailure, renderNotice } from "./render/notices.js";
import { counted, renderTijdlijn } from "./render/tijdlijn.js";

const LARGEST_PAGE = 50;

/**
 * Make what opens a klantbeeld.
 *
 * @param view where it is shown.
 * @param whole asks for all of it: the `klantbeeld` in the answer's data.
 * @param further asks for the contacts after a cursor only.
 * @param names what partijen are called, by id, from that data.
 * @param heading what stands above it, from that data; without: what stands there already.
 * @param render gives what goes on the page; null leaves something off.
 * @param absent gives what goes there when nobody is known so.
 * @param leave logs out.
 * @returns opens it; what is given to that, such as that something was recorded, is said first.
 */
export function klantbeeldIn(view, { whole, further, names, heading, render, absent, leave }) {
  let answer;
  let contacten = [];
  let page;
  let notice;

  async function open(said = null) {
    notice = said;
    const first = Math.min(Math.max(PAGE, contacten.length), LARGEST_PAGE);
    await view.wait(async () => {
      answer = await whole({ first });
      if (whyNot(answer.data, "klantbeeld")?.code === "NOT_FOUND") {
        return { content: [absent()], said: "Niets gevonden" };
      }
      page = needed(needed(answer.data, "klantbeeld"), "klantcontacten");
      contacten = page.nodes;
      if (heading) view.name(heading(answer.data));
      return shown();
    }, (failure) => renderFailure(failure, again, leave, { notice }));
    focusOn(view.heading);
  }

  const again = () => open(notice);

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
    const banner = renderBanner(answer, again);
    return {
      content: [renderNotice(notice), ...render(answer.data, { banner, tijdlijn, contacten, hasMore: page.pageInfo.hasNextPage })],
      said: [
        notice,
        heading?.(answer.data),
        `${counted(contacten, page.totalCount)} opgehaald`,
        banner?.firstChild.textContent,
      ].filter(Boolean).join(". "),
    };
  }

  return open;
}
