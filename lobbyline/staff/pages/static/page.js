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

const shown = new WeakMap(); // what each row of a list was made from

/** Fills a list with a row for each item; a row that would say the same stays, and the keyboard where it was. */
export function fill(list, items, row) {
  const here = document.activeElement;
  const place = [...list.children].findIndex((one) => one.contains(here));
  const rows = items.map((item, number) => made(list.children[number], item, row));
  for (const [number, one] of rows.entries()) {
    const there = list.children[number];
    if (!there) list.append(one);
    else if (there !== one) there.replaceWith(one);
  }
  while (list.children.length > rows.length) list.lastElementChild.remove();
  if (place >= 0 && document.activeElement !== here) successor(list, here, place)?.focus({ preventScroll: true });
}

function made(there, item, row) {
  const says = JSON.stringify(item);
  if (there && shown.get(there) === says) return there;
  const one = row(item);
  shown.set(one, says);
  return one;
}

const REACHED = "button, a, [tabindex]";

/** Where the keyboard goes on: the element itself, its like by its data, or whatever stands in its row now. */
function successor(list, element, place) {
  if (element.isConnected) return element;
  const data = [...element.attributes].filter(({ name }) => name.startsWith("data-"));
  const like = data.map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`).join("");
  const row = list.children[Math.min(place, list.children.length - 1)];
  return (like && list.querySelector(like)) || (row?.matches(REACHED) ? row : row?.querySelector(REACHED));
}

/** A question in the place of some keys; Esc or the answer `back` lets them stand there again, under the keyboard. */
export function instead(place, question) {
  const before = [...place.childNodes];
  const key = document.activeElement;
  const back = () => {
    place.replaceChildren(...before);
    if (place.contains(key)) key.focus();
  };
  question.addEventListener("keydown", (event) => event.key === "Escape" && back());
  place.replaceChildren(question);
  return back;
}

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
