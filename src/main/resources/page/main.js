// Puts the page together: loads what is shown when it opens, after events, and every 15 s.
import { Refused, get, health } from "./api.js";
import { ago, byId } from "./dom.js";
import { listenToConflicts, showConflicts } from "./conflicts.js";
import { keepEvent, listenToEvents, showEvents } from "./events.js";
import { showGuest } from "./guest.js";
import { listenToGuests, showGuests, summary } from "./guests.js";
import { listenToLeases, showLeases } from "./leases.js";
import { showNetworks } from "./networks.js";
import { here } from "./route.js";
import { ask, asking, isSignedIn, listenToSession } from "./session.js";
import { follow } from "./stream.js";
import { listenToSync, openRelease, openSync } from "./sync.js";
import { showNoReceiver, showSystems } from "./systems.js";

/** The receiver answers with what it last saw, so a look costs no call to a system. Many events make one look. */
const GATHER = 1000;
const EVERY = 15000;
const LIVE = { live: "live", away: "connection lost, trying again", refused: "not connected" };
const actions = { sync: openSync, release: openRelease };
const stores = new Map();
let planned = 0;
let looking = false;
let again = false;
let reading = false;
let view = "";

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  clearTimeout(planned);
  await Promise.all([systems(), asking() ? null : state()]);
  looking = false;
  planned = setTimeout(look, again ? GATHER : EVERY);
  again = false;
}

function soon() {
  if (!looking) {
    clearTimeout(planned);
    planned = setTimeout(look, GATHER);
  } else {
    again = true;
  }
}

/** Lets the receiver read all systems once; the next look shows what it saw. */
async function readNow() {
  if (reading) {
    return;
  }
  reading = true;
  byId("read-now").textContent = "Reading …";
  try {
    await get("v1/guests?fresh=true");
    await look();
  } catch (problem) {
    trouble(problem);
    await systems();
  }
  byId("read-now").textContent = "Read now";
  reading = false;
}

async function systems() {
  try {
    showSystems(await health());
  } catch {
    showNoReceiver("does not answer");
  }
}

/** Guests and conflicts are always loaded, for the summary and the number of conflicts; the rest only while it is shown. */
async function state() {
  const of = (name) => (view === name ? get(`v1/${name}`) : null);
  const parts = await Promise.allSettled([get("v1/guests"), get("v1/conflicts"), of("networks"), of("leases")]);
  const [guests, conflicts, networks, leases] = parts.map((part) => part.value);
  const failures = parts.filter((part) => part.status === "rejected").map((part) => part.reason);
  if (failures.some((failure) => failure instanceof Refused && failure.status === 401)) {
    ask();
    return;
  }
  if (guests) {
    showGuests(guests.items);
    if (byId("summary").textContent !== summary()) {
      byId("summary").textContent = summary();
    }
    seen("age", guests.asOf);
  }
  if (conflicts) {
    showConflicts(conflicts.items, conflicts.gaps);
    document.title = conflicts.items.length > 0 ? `(${conflicts.items.length}) Berth` : "Berth";
  }
  if (networks) {
    showNetworks(networks.items);
    seen("networks-age", networks.asOf);
  }
  if (leases) {
    showLeases(leases.items);
    seen("leases-age", leases.asOf);
  }
  showLocal();
  trouble(failures[0]);
}

/** What is shown from what is already here. */
function showLocal() {
  const { vmid } = here();
  if (vmid !== null) {
    showGuest(vmid, actions);
  } else if (view === "events") {
    showEvents();
  }
}

/** Shows the section that the address names, and loads what it needs. */
function turn() {
  const { view: wanted, vmid } = here();
  const shown = vmid === null ? wanted : "guest";
  const moved = view !== shown;
  const first = view === "";
  view = shown;
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = section.id !== shown;
  }
  for (const link of document.querySelectorAll("nav a")) {
    const name = link.id.replace("-link", "");
    if (name === wanted) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
    link.href = stores.get(name)?.link() ?? link.href;
  }
  if (vmid === null && wanted === "guests") {
    showGuests();
  }
  showLocal();
  if (moved && !first) {
    scrollTo(0, 0);
    if (!document.querySelector("nav").contains(document.activeElement)) {
      byId(shown).focus({ preventScroll: true });
    }
  }
  if (moved) {
    look();
  }
}

function seen(id, asOf) {
  byId(id).dataset.asOf = asOf;
  ages();
}

function ages() {
  document.querySelectorAll("[data-as-of]").forEach((one) => { one.textContent = `as of ${ago(one.dataset.asOf)}`; });
}

function trouble(failure) {
  byId("trouble").hidden = !failure;
  byId("trouble").textContent = failure ? `What is shown may be stale: ${failure.message}` : "";
}

function connected(now) {
  byId("live").textContent = LIVE[now];
  byId("live").className = `live is-${now}`;
  if (now === "live") {
    soon();
  } else if (now === "refused") {
    ask();
  }
}

async function begin() {
  listenToSession();
  byId("sync-all").addEventListener("click", () => openSync());
  byId("read-now").addEventListener("click", readNow);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("main > section:not([hidden])").focus();
  });
  setInterval(ages, 1000);
  listenToSync(soon);
  stores.set("guests", listenToGuests(openSync)).set("conflicts", listenToConflicts(openSync));
  stores.set("leases", listenToLeases()).set("events", listenToEvents());
  addEventListener("hashchange", turn);
  if (!(await isSignedIn())) {
    systems();
    ask();
    return;
  }
  turn();
  follow((event) => {
    keepEvent(event);
    soon();
  }, connected);
}

begin();
