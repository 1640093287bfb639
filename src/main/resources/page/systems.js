// The health of Berth and the systems behind it.
import { ago, byId, count, el, fill } from "./dom.js";

const TITLES = { proxmox: "Proxmox", nipap: "NIPAP", router: "Router (DHCP, DNS)" };

export function showSystems(health) {
  const last = health.lastPass ? `last full pass ${ago(health.lastPass)}` : "no full pass yet";
  fill(byId("systems"),
    system("Berth", "up", last),
    ...health.peers.map((peer) => system(
      TITLES[peer.name] ?? peer.name,
      peer.status,
      peer.status === "up"
        ? (peer.lastSuccess ? `answered ${ago(peer.lastSuccess)}` : "not asked yet")
        : `${peer.problem ?? "does not answer"}${peer.lastSuccess ? `; answered ${ago(peer.lastSuccess)}` : ""}`)),
    ...health.webhooks.filter((one) => one.status !== "up").map((one) => system(
      `Events to ${one.receiver}`, one.status, `${one.problem}; ${count(one.waiting, "event")} waiting`)));
}

export function showNoReceiver(problem) {
  fill(byId("systems"), system("Berth", "down", problem));
}

function system(title, status, text) {
  return el("li", { class: `system ${status}` },
    el("strong", {}, el("span", { "aria-hidden": "true" }, status === "up" ? "✓ " : "✗ "), title),
    el("span", { class: "unseen" }, `: ${status}`),
    el("small", {}, text));
}
