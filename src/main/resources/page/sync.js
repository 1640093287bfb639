// Re-sync of one guest or all: the plan is shown first, and nothing is written before Apply.
import { get, post } from "./api.js";
import { byId, count, el, fill, table } from "./dom.js";

let target = null;
let done = () => {};
let latest = 0;

export function listenToSync(after) {
  done = after;
  byId("sync-close").addEventListener("click", () => byId("sync-dialog").close());
  byId("sync-apply").addEventListener("click", apply);
  byId("sync-write-back").addEventListener("change", plan);
  byId("sync-dialog").addEventListener("close", () => { latest++; });
}

/** Opens the dialog for a guest, or for all when none is given. */
export function openSync(guest) {
  target = guest ?? null;
  byId("sync-title").textContent = target ? `Re-sync ${target.name ?? target.vmid}` : "Re-sync all";
  byId("sync-write-back").checked = false;
  byId("sync-dialog").showModal();
  plan();
}

function path(dryRun) {
  const query = `?dry-run=${dryRun}&write-back=${byId("sync-write-back").checked}`;
  return (target ? `v1/guests/${encodeURIComponent(target.vmid)}/sync` : "v1/sync") + query;
}

/** An answer that arrives after the dialog was closed or asks for something else is not shown. */
async function step(text, work) {
  const mine = ++latest;
  byId("sync-apply").disabled = true;
  show(el("p", {}, text));
  try {
    const shown = await work();
    if (mine === latest) {
      show(...shown);
    }
  } catch (problem) {
    if (mine === latest) {
      show(el("p", { class: "error" }, problem.message));
    }
  }
}

function plan() {
  return step("Reading all systems …", async () => {
    const found = await post(path(true));
    byId("sync-apply").disabled = !found.pending;
    byId("sync-apply").textContent = found.pending ? `Apply ${count(found.items.length, "change")}` : "Apply";
    return [
      found.pending
        ? changes(found.items)
        : el("p", {}, "Nothing to do: all systems hold what they should."),
      ...conflicts(found.conflicts),
      ...gaps(found.gaps),
    ];
  });
}

function apply() {
  return step("Applying. This takes as long as the router's commit …", async () => {
    const answer = await post(path(false));
    const left = target ? answer : await get("v1/plan");
    done();
    const rest = target ? (answer.changes ?? []) : left.items;
    return [
      el("p", {}, rest.length === 0 ? "Done. Nothing is left to do." : `${count(rest.length, "change")} left:`),
      rest.length > 0 ? changes(rest) : null,
      ...conflicts(left.conflicts),
    ];
  });
}

function show(...parts) {
  fill(byId("sync-body"), ...parts);
}

function changes(items) {
  return table("Changes in the order in which they are made", ["Guest", "What", "Why"],
    items.map((item) => [`${item.name ?? item.guest} ${item.nic}`, item.action, item.reason]));
}

function conflicts(found) {
  return found.map((conflict) => el("p", { class: "error" },
    `${conflict.name ? `${conflict.name}: ` : ""}${conflict.code}: ${conflict.message}. ${conflict.fix}`));
}

function gaps(found) {
  return found.map((gap) => el("p", { class: "error" }, `Not read: ${gap}`));
}
