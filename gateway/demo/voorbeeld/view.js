// A part of the page that shows one thing: a heading, what is said of it, and its content.

import { Failure } from "./graphql.js";
import { focusOn } from "./render/element.js";

export class View {
  #section; #status; #content; #title;
  #turn = 0;
  #isWaiting = false;

  /** @param id of a section with an h1, a role "status" and a .content. */
  constructor(id) {
    this.#section = document.getElementById(id);
    this.heading = this.#section.querySelector("h1");
    this.#title = this.heading.textContent;
    this.#status = this.#section.querySelector("[role=status]");
    this.#content = this.#section.querySelector(".content");
  }

  /** Show this instead of the other views; a reader goes on at its heading. */
  open() {
    for (const other of this.#section.parentElement.children) {
      other.hidden = other !== this.#section;
    }
    for (const button of document.querySelectorAll("[data-for]")) {
      const isHere = button.dataset.for.split(" ").includes(this.#section.id);
      if (isHere) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    document.title = `${this.#title} – Gemeente Voorbeeldstad`;
    focusOn(this.heading);
  }

  /** Whether this is what is shown. */
  get isOpen() {
    return !this.#section.hidden;
  }

  /** Say in the heading whose it is; not in the title, which stays in a browser's history. */
  name(heading) {
    this.heading.textContent = heading;
  }

  /** Forget what is shown, and what is still under way. */
  clear() {
    this.#turn += 1;
    this.#isWaiting = false;
    this.heading.textContent = this.#title;
    this.#status.textContent = "";
    this.#content.removeAttribute("aria-busy");
    this.#content.replaceChildren();
  }

  /**
   * Show what comes, and say that one waits for it meanwhile.
   *
   * @param work gives `content`, elements for on the page (without: what is there stays),
   *   and what is `said` of it.
   * @param failed gives what to show of a Failure.
   * @param keep whether what is there stays when it fails.
   * @param busy what is said meanwhile.
   * @returns whether it came, and is shown: not when one waits for something already.
   */
  async wait(work, failed, { keep = false, busy = "Bezig met ophalen …" } = {}) {
    if (this.#isWaiting) return false;
    this.#isWaiting = true;
    const turn = this.#turn;
    this.#status.textContent = busy;
    this.#content.setAttribute("aria-busy", "true");
    const { content, said, failure } = await outcome(work);
    if (turn !== this.#turn) return false; // it was cleared meanwhile
    this.#isWaiting = false;
    this.#content.removeAttribute("aria-busy");
    this.#status.textContent = said ?? "";
    this.#content.querySelector(".failure")?.remove();
    if (failure && keep) this.#prepend(failed(failure));
    else if (failure) this.#content.replaceChildren(failed(failure));
    else if (content) this.#content.replaceChildren(...content.filter(Boolean));
    return !failure;
  }

  // Where it is seen: whoever pressed something may be much further down.
  #prepend(failure) {
    this.#content.prepend(failure);
    failure.scrollIntoView({ block: "nearest" });
  }
}

async function outcome(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    console.error(error); // a mistake of ours: whoever waits is told that it went wrong
    return { failure: new Failure("failed") };
  }
}
