// What all pages share: the block of data, words, times, and a few lines to build elements with.

import { goSignIn, LOST, Lost, onLink, Refused, send } from "./wire.js";

export const data = JSON.parse(document.getElementById("data").textContent);

/** The element with this id. */
export const at = (id) => document.getElementById(id);

/** A word of the page's language, with {places} filled. */
export function say(word, places = {}) {
  const text = data.words[word] ?? word;
  return text.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

/** A name that comes in several languages: in the page's own, or in the first. */
export const named = (names) => names[data.language] ?? Object.values(names)[0] ?? "";

/** What went wrong, in a sentence; whatever is neither a calm no nor a dead line is a mistake of ours. */
export function sentenceOf(error) {
  if (error instanceof Lost) return say("offline");
  if (error instanceof Refused) return error.message;
  throw error;
}

/** An element: `make("td", { class: "right" }, "12")`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A sentence whose ticket numbers stay in one piece at the end of a line. */
export const unbroken = (sentence) =>
  sentence.split(/(\S\u2009\S+)/).map((part, place) => (place % 2 ? make("span", { class: "unbroken" }, part) : part));

/** Writes only what differs, so that nothing flickers and a screen reader stays quiet. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Fills a list anew when its items differ from what it shows; whatever the keyboard was at keeps it. */
export function fill(list, items, row) {
  const fingerprint = JSON.stringify(items);
  if (list.dataset.shows === fingerprint) return;
  list.dataset.shows = fingerprint;
  const held = list.contains(document.activeElement) ? sameAs(document.activeElement) : "";
  list.replaceChildren(...items.map(row));
  if (held) list.querySelector(held)?.focus({ preventScroll: true });
}

/** What finds an element again by its data. */
const sameAs = ({ attributes }) =>
  [...attributes]
    .filter(({ name }) => name.startsWith("data-"))
    .map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`)
    .join("");

// ---- time -------------------------------------------------------------------------------------------------------

const hand = new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, hour: "2-digit", minute: "2-digit" });
let ahead; // milliseconds the branch's clock is ahead of this machine's

/** The branch's time, which may run from another hour in training. */
export const now = () => new Date(Date.now() + ahead);

export function setClock(moment) {
  ahead = new Date(moment) - Date.now();
  showClock();
}

/** A time of day at the branch. */
export const timeOf = (moment) => hand.format(new Date(moment));

export const MONTHS = data.calendar.months.split(" ");

/** A day ("2026-11-26") as the page's language writes it, or another form of it. */
export function dayWritten(day, form = "day") {
  const [year, month, date] = day.split("-").map(Number);
  const places = { year, month: MONTHS[month - 1], day: date };
  return data.calendar[form].replace(/\{(\w+)\}/g, (whole, place) => places[place]);
}

/** Whole minutes since then. */
export const minutesSince = (moment) => Math.max(0, Math.floor((now() - new Date(moment)) / 60000));

/** A wait as a range, never one exact minute. */
export function range({ low, high }) {
  if (high > 60) return say("crowded");
  return say(low === 0 ? "within" : "range", { low, high });
}

function showClock() {
  write(at("clock"), timeOf(now()));
}

setClock(data.now);
setInterval(showClock, 1000);

// ---- the line ---------------------------------------------------------------------------------------------------

onLink((trouble) => {
  write(at("link"), trouble === LOST ? say("offline") : trouble);
  at("link").hidden = !trouble;
});

// ---- whoever is signed in -----------------------------------------------------------------------------------------

const STAY_MS = 60_000;
let stayed = Date.now();

/** A page that somebody touches stays open; one that nobody touches is locked by the lobby. */
function stay() {
  if (!data.person || Date.now() - stayed < STAY_MS) return;
  stayed = Date.now();
  send("POST", "/api/session/stay", {}).catch(() => {});
}

for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, stay, { passive: true });

/** Away for a moment, or for good: the sign-in page is what is left here. */
async function leave(method, path) {
  await send(method, path, method === "POST" ? {} : undefined).catch(() => {});
  goSignIn();
}

at("lock")?.addEventListener("click", () => leave("POST", "/api/session/lock"));
at("sign-out")?.addEventListener("click", () => leave("DELETE", "/api/session"));
