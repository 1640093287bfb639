// Calls to the receiver. A cookie that no script can read stands for the token; the token itself is sent once and not kept.

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the receiver answered ${status}`);
    this.status = status;
  }
}

/** The receiver accepts the cookie only with this header, which no page of another origin can send. */
export function headers(more = {}) {
  return { "Berth-Page": "1", ...more };
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

async function request(method, path, more = {}) {
  const response = await fetch(path, {
    method, headers: headers({ Accept: "application/json", ...more }), cache: "no-store", credentials: "same-origin",
  });
  if (!response.ok) {
    throw new Refused(response.status, await read(response).catch(() => null));
  }
  return response;
}

const last = new Map();

/** The document at a path; the one of the last time, unparsed, if nothing in it has changed. */
export async function get(path) {
  const text = await (await request("GET", path)).text();
  const known = last.get(path);
  if (known?.text === text) {
    return known.document;
  }
  const document = parse(text);
  last.set(path, { text, document });
  return document;
}

export async function post(path) {
  return read(await request("POST", path));
}

/** Shows the token once. False if the receiver does not know it. */
export async function signIn(token) {
  try {
    await request("POST", "v1/session", { Authorization: `Bearer ${token}` });
    return true;
  } catch (problem) {
    // A header takes no other characters, and so no token has them.
    if (problem instanceof TypeError && /[^\x21-\x7e]/.test(token) || problem.status === 401) {
      return false;
    }
    throw problem;
  }
}

export function signOut() {
  return request("DELETE", "v1/session");
}

/** The health; one document for 200 and 503. In a session, problems have their full texts. */
export async function health() {
  return read(await fetch("observe/health", { headers: headers(), cache: "no-store" }));
}
