// What Berth cannot decide, with what resolves it.
import { byId, count, el, fill, fix, prose } from "./dom.js";
import { list } from "./list.js";
import { guestPage, kept } from "./route.js";

/** A conflict takes much of a screen. */
const CARDS = 20;
let show = () => {};

export function listenToConflicts(sync) {
  const store = kept("conflicts");
  show = list(byId("conflicts-list"), store, {
    one: "conflict", size: CARDS, none: "None. All systems hold what they should, or Berth is correcting them.",
    words: (one) => [one.code, one.name, one.guest, one.nic, one.message, one.fix].filter(Boolean).join(" "),
    card: (conflict) => conflictCard(conflict, sync),
  });
  return store;
}

export function showConflicts(conflicts, gaps) {
  byId("conflicts-count").textContent = conflicts.length > 0 ? String(conflicts.length) : "";
  fill(byId("conflicts-gaps"), gaps.length > 0 ? unread(gaps) : null);
  show(conflicts);
}

function unread(gaps) {
  return el("div", { class: "card gap" },
    el("h3", {}, `${count(gaps.length, "thing")} could not be read`),
    el("ul", {}, ...gaps.map((gap) => el("li", {}, ...prose(gap)))));
}

export function conflictCard(conflict, sync) {
  const vmid = conflict.guest?.split("/").at(-1);
  const title = conflict.name ?? conflict.guest ?? "Several guests";
  return el("article", { class: "card conflict" },
    el("h3", {}, vmid ? el("a", { href: guestPage(vmid), "data-key": `of ${conflict.guest} ${conflict.code}` }, title) : title,
      conflict.nic ? ` ${conflict.nic}` : "", " ", el("code", { class: "code" }, conflict.code)),
    el("p", {}, ...prose(conflict.message)),
    el("p", { class: "fix" }, "What resolves it:"),
    ...fix(conflict.fix, `what resolves ${conflict.code} of ${title}`),
    vmid
      ? el("button", {
        type: "button",
        "data-key": `again ${conflict.guest} ${conflict.code}`,
        "aria-label": `Done, look at ${title} again`,
        on: { click: () => sync({ vmid, id: conflict.guest, name: conflict.name }) },
      }, "Done, look again")
      : null);
}
