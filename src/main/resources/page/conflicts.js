// What Berth cannot decide, with what resolves it.
import { byId, count, el, fill, fix } from "./dom.js";

export function showConflicts(conflicts, gaps, sync) {
  byId("conflicts-title").textContent = conflicts.length === 0 ? "Conflicts" : `Conflicts (${conflicts.length})`;
  fill(byId("conflicts-list"),
    ...conflicts.map((conflict) => card(conflict, sync)),
    conflicts.length === 0 && gaps.length === 0
      ? el("p", { class: "quiet" }, "None. All systems hold what they should, or Berth is correcting them.")
      : null,
    gaps.length > 0 ? unread(gaps) : null);
}

function unread(gaps) {
  return el("div", { class: "card gap" },
    el("h3", {}, `${count(gaps.length, "thing")} could not be read`),
    el("ul", {}, ...gaps.map((gap) => el("li", {}, gap))));
}

function card(conflict, sync) {
  const vmid = conflict.guest?.split("/").at(-1);
  const title = conflict.name ?? conflict.guest ?? "Several guests";
  return el("article", { class: "card conflict" },
    el("h3", {}, title, conflict.nic ? ` ${conflict.nic}` : "", " ", el("code", { class: "code" }, conflict.code)),
    el("p", {}, conflict.message),
    el("p", { class: "fix" }, "What resolves it:"),
    ...fix(conflict.fix, `what resolves ${conflict.code} of ${title}`),
    vmid
      ? el("button", {
        type: "button",
        "data-key": `again ${conflict.guest} ${conflict.code}`,
        "aria-label": `Done, look at ${title} again`,
        on: { click: () => sync({ vmid, name: conflict.name }) },
      }, "Done, look again")
      : null);
}
