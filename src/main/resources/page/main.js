// Puts the page together: loads everything when it opens, after events, and every 15 s.
import { Refused, forgetToken, get, health, keepToken, token } from "./api.js";
import { ago, byId } from "./dom.js";
import { showConflicts } from "./conflicts.js";
import { follow, showEvent } from "./events.js";
import { listenToFilter, showGuests, summary } from "./guests.js";
import { showLeases } from "./leases.js";
import { showNetworks } from "./networks.js";
import { listenToSync, openSync } from "./sync.js";
import { showNoReceiver, showSystems } from "./systems.js";

/** The receiver answers with what it last saw, so a look costs no call to a system. Many events make one look. */
const GATHER = 1000;
const EVERY = 15000;
let planned = 0;
let looking = false;
let again = false;
let reading = false;

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  clearTimeout(planned);
  await Promise.all([systems(), state()]);
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

async function state() {
  const parts = await Promise.allSettled([get("v1/guests"), get("v1/conflicts"), get("v1/networks"), get("v1/leases")]);
  const [guests, conflicts, networks, leases] = parts.map((part) => part.value);
  const failures = parts.filter((part) => part.status === "rejected").map((part) => part.reason);
  if (failures.some((failure) => failure instanceof Refused && failure.status === 401)) {
    ask("The receiver does not know this token.");
    return;
  }
  if (guests) {
    showGuests(guests.items, openSync);
    byId("summary").textContent = summary(guests.items);
    seen("age", guests.asOf);
  }
  if (conflicts) {
    showConflicts(conflicts.items, conflicts.gaps, openSync);
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
  trouble(failures[0]);
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

const LIVE = { live: "live", away: "connection lost, trying again", refused: "not connected" };

function begin() {
  look();
  follow(
    (event) => {
      showEvent(event);
      soon();
    },
    (now) => {
      byId("live").textContent = LIVE[now];
      byId("live").className = `live ${now}`;
      if (now === "live") {
        soon();
      } else if (now === "refused") {
        ask("The receiver does not know this token.");
      }
    });
}

function ask(problem = "") {
  forgetToken();
  byId("token-error").textContent = problem;
  if (!byId("token-dialog").open) {
    byId("token-dialog").showModal();
  }
}

/** Reloads the page with the new token, so that the tab shows nothing that was loaded with another token. */
byId("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(byId("token").value.trim());
  location.reload();
});
byId("token-dialog").addEventListener("cancel", (event) => event.preventDefault());
byId("forget").addEventListener("click", () => {
  forgetToken();
  location.reload();
});
byId("sync-all").addEventListener("click", () => openSync());
byId("read-now").addEventListener("click", readNow);
setInterval(ages, 1000);
listenToSync(soon);
listenToFilter(openSync);
if (token()) {
  begin();
} else {
  systems();
  ask();
}
