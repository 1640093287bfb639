// Calls to the receiver. The token is kept for the tab, and is sent in a header, never in an address.

const KEY = "berth-token";

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the receiver answered ${status}`);
    this.status = status;
  }
}

export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

export function keepToken(value) {
  sessionStorage.setItem(KEY, value);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

export function headers(more = {}) {
  return { Authorization: `Bearer ${token()}`, ...more };
}

// Characters that are not seen, or that turn the reading direction: a name could look like another. Line breaks stay.
const UNSEEN = /[^\P{C}\n]|\p{Zl}|\p{Zp}/gu;

/** A document whose texts show such characters as escapes. */
export function parse(json) {
  const shown = (unseen) => `\\u{${unseen.codePointAt(0).toString(16)}}`;
  return JSON.parse(json, (key, value) => (typeof value === "string" ? value.replace(UNSEEN, shown) : value));
}

async function read(response) {
  return parse(await response.text());
}

async function call(method, path) {
  const response = await fetch(path, { method, headers: headers({ Accept: "application/json" }), cache: "no-store" });
  const body = await read(response).catch(() => null);
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body;
}

export const get = (path) => call("GET", path);
export const post = (path) => call("POST", path);

/** The health; one document for 200 and 503. With the token, problems have their full texts. */
export async function health() {
  const response = await fetch("observe/health", { headers: headers(), cache: "no-store" });
  return read(response);
}
