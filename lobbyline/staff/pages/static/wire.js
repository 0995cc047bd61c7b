// The wire between a page and the lobby.
// A change is only a hint to read again. An intention has one key and is sent until it is answered, so that
// a double click, a lost answer or a dropped network never does a thing twice.

const PATIENCE_MS = 3000; // one attempt; a dead line is noticed after this long
const AGAIN_MS = 500; // between attempts while the line is down
const LOOK_MS = 5000; // read anyway, for a line may die without a word

const AWAY = ["signed_out", "locked"];

/** Nobody answered: the network, the server or the cable. */
export class Lost extends Error {}

/** The lobby answered with a calm no. */
export class Refused extends Error {
  constructor(status, { code, sentence }) {
    super(sentence);
    this.code = code;
    this.ours = status >= 500; // the lobby itself is in trouble; asking again may help
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function ask(path, request = {}) {
  const [response, body] = await heard(path, request);
  if (response.status === 401 && AWAY.includes(body.code) && location.pathname !== "/sign-in") await goSignIn();
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

let going = false;

/** Nobody is signed in any more, or the page is locked: sign in, and come back. Nothing here goes on meanwhile. */
export function goSignIn() {
  if (!going) location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  going = true;
  return new Promise(() => {});
}

// What was sent into a dead network is not waited for once this machine has a network again.
let waiting = new AbortController();
window.addEventListener("online", () => {
  waiting.abort();
  waiting = new AbortController();
});

async function heard(path, request) {
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), waiting.signal]);
    const response = await fetch(path, { ...request, cache: "no-store", signal });
    keepUp(response.headers.get("Lobbyline-Version"));
    return [response, response.status === 204 ? null : await response.json()];
  } catch (error) {
    throw new Lost(error.message);
  }
}

// A page is made from the branch's files: when others are in use, it loads itself again, but under nobody's hands.
const made = JSON.parse(document.getElementById("data").textContent).version;

function keepUp(version) {
  if (version && version !== made && !document.activeElement?.matches("input, textarea, select")) location.reload();
}

export const read = (path) => ask(path);

/** One request that is not repeated: for what may be pressed again. */
export function send(method, path, body) {
  const said = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return ask(path, { method, ...said });
}

// randomUUID is missing where a page comes over plain HTTP from another machine; random values are not.
function newKey() {
  const values = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}

// ---- whether the lobby hears us ---------------------------------------------------------------------------------

export const LOST = "lost";
let showLink = () => {};
let link = "";

/** `show` is told "" when all is well, LOST when nobody answers, else the lobby's sentence about its trouble. */
export function onLink(show) {
  showLink = show;
}

function tellLink(now) {
  if (now === link) return;
  link = now;
  showLink(link);
}

// ---- intentions -------------------------------------------------------------------------------------------------

const KEPT = "lobbyline.intention";
let unwanted = false;

/** One wish of a person: sent with one key until the lobby answers. The key outlives a reload of the page. */
export function intend(path, body = {}) {
  const intention = { path, body, key: newKey() };
  sessionStorage.setItem(KEPT, JSON.stringify(intention));
  return insist(intention);
}

/** The answer to the intention that a reload interrupted, or null. */
export function interrupted() {
  const kept = sessionStorage.getItem(KEPT);
  return kept ? insist(JSON.parse(kept)) : null;
}

/** Stop asking. What was sent may have happened; the page shows the truth as soon as it can read again. */
export function giveUp() {
  unwanted = true;
}

async function insist(intention) {
  unwanted = false;
  try {
    return await answerOf(intention);
  } finally {
    sessionStorage.removeItem(KEPT);
  }
}

async function answerOf({ path, body, key }) {
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(body),
  };
  while (!unwanted) {
    try {
      return await ask(path, request);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      tellLink(LOST);
      await pause(AGAIN_MS);
    }
  }
  return null;
}

// ---- changes ----------------------------------------------------------------------------------------------------

const followers = []; // all of one stream: a browser keeps few lines to one server

/** Calls `look` at once, after every change, when the line is back, and every few seconds. Returns a way to ask for it. */
export function follow(look) {
  const again = onceAtATime(look);
  followers.push(again);
  if (followers.length === 1) listen(() => followers.forEach((one) => one()));
  else again();
  setInterval(again, LOOK_MS);
  window.addEventListener("online", again);
  return again;
}

/** Never two readings at a time: wishes that come meanwhile are one more reading afterwards. */
function onceAtATime(look) {
  let running = null;
  let wanted = false;
  async function run() {
    do {
      wanted = false;
      await attempt(look);
    } while (wanted);
    running = null;
  }
  return () => {
    wanted = true;
    running ??= run();
    return running;
  };
}

async function attempt(look) {
  for (;;) {
    try {
      await look();
      tellLink("");
      return;
    } catch (error) {
      if (!(error instanceof Lost || error.ours)) throw error;
      tellLink(error instanceof Lost ? LOST : error.message);
      await pause(AGAIN_MS);
    }
  }
}

/** A browser keeps six lines to one server, so a page that nobody sees hangs up. */
function listen(again) {
  let source = null;
  function open() {
    source = new EventSource("/api/events");
    source.onmessage = again;
    source.onerror = () => {
      again();
      if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, AGAIN_MS);
    };
  }
  function reopen() {
    source?.close();
    source = null;
    if (!document.hidden) open();
  }
  document.addEventListener("visibilitychange", () => {
    reopen();
    if (!document.hidden) again();
  });
  reopen();
}
