// Re-sync or release: the plan is shown first, and nothing is written before Apply.
import { get, post } from "./api.js";
import { byId, count, el, fill, prose } from "./dom.js";
import { guestOf } from "./guests.js";
import { list } from "./list.js";
import { unkept } from "./route.js";
import { mayOnlyRead } from "./session.js";

let target = null;
let releases = false;
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
  open(guest, false);
}

/** Opens the dialog for a guest whose addresses are no longer needed. */
export function openRelease(guest) {
  open(guest, true);
}

function open(guest, release) {
  target = guest ?? null;
  releases = release;
  byId("sync-title").textContent = `${release ? "Release" : "Re-sync"} ${target ? target.name ?? target.vmid : "all"}`;
  byId("sync-apply").hidden = mayOnlyRead();
  byId("sync-write-back").checked = false;
  byId("sync-write-back").parentElement.hidden = release;
  byId("sync-dialog").showModal();
  plan();
}

function path(dryRun) {
  if (releases) {
    return `v1/guests/${encodeURIComponent(target.vmid)}/release?dry-run=${dryRun}`;
  }
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
    const pending = found.items.length > 0;
    byId("sync-apply").disabled = !pending;
    byId("sync-apply").textContent = pending ? `Apply ${count(found.items.length, "change")}` : "Apply";
    return [
      mayOnlyRead() ? el("p", { class: "warning", role: "note" }, "This only shows what would be done: the session stands for the token in"
        + " api-read-token-file, which may only read. To apply changes, sign out and enter the token in api-token-file.") : null,
      releases && pending ? el("p", {}, "Its names and mappings are deleted on the router, its addresses are quarantined. If Proxmox still"
        + " shows the guest, it gets addresses again at its next start.") : null,
      ...runsAgain(found.items),
      pending ? changes(found.items) : el("p", {}, releases ? "Nothing to release." : "Nothing to do: all systems hold what they should."),
      ...conflicts(found.conflicts ?? []),
      ...gaps(found.gaps ?? []),
    ];
  });
}

function apply() {
  return step("Applying. This takes as long as the router's commit …", async () => {
    const answer = await post(path(false));
    if (releases) {
      done();
      return [el("p", {}, `Done: ${count(answer.items.length, "change")}.`)];
    }
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

/** A VM's address that is held back: a new one in its config makes cloud-init take it for a new machine. */
function bootsAnew(item) {
  const nic = guestOf(item.guest)?.nics.find((one) => one.name === item.nic);
  return item.system === "guest" && item.guest.includes("/qemu/") && (nic?.guest ?? "held") === "held";
}

function runsAgain(items) {
  const guests = [...new Map(items.filter(bootsAnew).map((item) => [item.guest, item.name ?? item.guest])).values()];
  return guests.length === 0 ? [] : [el("p", { class: "warning", role: "note" },
    el("strong", {}, `cloud-init will run again in ${guests.length === 1 ? guests[0] : count(guests.length, "guest")}. `),
    `At the next start ${guests.length === 1 ? "this guest gets" : "these guests get"} new SSH host keys, and what cloud-init does at a`
      + " first boot (users, passwords, packages, scripts) is done once more.")];
}

function show(...parts) {
  fill(byId("sync-body"), ...parts);
}

function changes(items) {
  const box = el("div");
  list(box, unkept(), {
    caption: "Changes in the order in which they are made", one: "change",
    columns: [{ name: "Guest" }, { name: "What" }, { name: "Why" }],
    row: (item) => [[
      `${item.name ?? item.guest} ${item.nic}`,
      [el("span", {}, ...prose(item.action)), bootsAnew(item)
        ? el("small", { class: "warning" }, "cloud-init runs again at the next start: new SSH host keys") : null],
      prose(item.reason),
    ]],
  })(items);
  return box;
}

function conflicts(found) {
  return found.map((conflict) => el("p", { class: "error" },
    ...prose(`${conflict.name ? `${conflict.name}: ` : ""}${conflict.code}: ${conflict.message}. ${conflict.fix}`)));
}

function gaps(found) {
  return found.map((gap) => el("p", { class: "error" }, `Not read: ${gap}`));
}
