// The list in the middle of the lobby page: who waits, who missed a call, who is on hold, papers in the back office.
// One tab is open and one row may be chosen, with a touch or with the keyboard.

import { at, fill, make, minutesSince, named, range, say, timeOf, write } from "./page.js";

const KEYBOARD = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
const tabs = [...document.querySelectorAll("[data-tab]")];

let lines = { waiting: [], missed: [], held: [], papers: [] }; // the rows of every tab, as last read
let tab = "waiting";
let chosen = ""; // the number that was touched
let tell = () => {};

/** `told` hears the ticket that is chosen, or nothing; after each choice and each reading. */
export function onChoice(told) {
  tell = told;
}

/** The lines of the hall as they are now. */
export function showLine({ waiting, aside, papers }) {
  const alone = (tickets) => tickets.map((ticket) => ({ ticket }));
  lines = { waiting, missed: alone(aside.missed), held: alone(aside.held), papers };
  show();
}

/** This number is chosen, or none. */
export function choose(number) {
  chosen = number;
  show();
}

/** Nothing is to be done with who was chosen; the keyboard is back at the row. */
export function unchoose() {
  const number = chosen;
  choose("");
  at("waiting").querySelector(`[data-number="${number}"]`)?.focus();
}

// ---- showing ----------------------------------------------------------------------------------------------------

function show() {
  const ticket = [...lines.waiting, ...lines.missed, ...lines.held].find((entry) => entry.ticket.number === chosen)?.ticket;
  if (!ticket) chosen = "";
  for (const [name, rows] of Object.entries(lines)) write(at(`${name}-count`), String(rows.length));
  for (const table of document.querySelectorAll("#list table")) {
    table.hidden = lines[tab].length === 0 || (table.dataset.of === "papers") !== (tab === "papers");
  }
  write(at("waiting-none"), lines[tab].length ? "" : say(`none_${tab}`));
  if (tab === "papers") fill(at("papers"), lines.papers.map(withHands), paperRow);
  else fill(at("waiting"), lines[tab].map(withWait), waitingRow);
  letKeyboardIn();
  tell(ticket);
}

const withWait = (entry) => ({ ...entry, tab, n: minutesSince(entry.ticket.arrived_at), on: entry.ticket.number === chosen });

function waitingRow({ ticket, wait, overdue, n, on }) {
  return make(
    "tr",
    { "data-number": ticket.number, class: overdue ? "overdue" : "", tabindex: "-1", "aria-selected": String(on) },
    make("td", { class: "number" }, ticket.shown),
    make("td", {}, named(ticket.service_name)),
    make("td", {}, named(ticket.segment_name)),
    make("td", { class: ticket.ready ? "ready" : "unready" }, readiness(ticket)),
    make("td", { class: "right taken" }, timeOf(ticket.taken_at)),
    make("td", { class: "right waited" }, say("minutes", { n })),
    make("td", { class: "right" }, wait ? range(wait) : ""),
  );
}

function readiness({ needs_form: needed, ready }) {
  if (ready) return say("ready_yes");
  return say(needed ? "ready_no" : "ready_unneeded");
}

/** Minutes since the papers were handed in, and since somebody has them. */
function withHands(paper) {
  return { ...paper, waited: minutesSince(paper.handed_at), held: paper.begun_at ? minutesSince(paper.begun_at) : null };
}

function paperRow({ ticket, counter, maker, reviewer, waited, held, times_back: back }) {
  return make(
    "tr",
    back ? { class: "overdue" } : {},
    make("td", { class: "number" }, ticket.shown),
    make("td", {}, String(counter)),
    make("td", {}, maker),
    make("td", { class: "right waited" }, say("minutes", { n: waited })),
    make("td", {}, reviewer || say("nobody_yet")),
    make("td", { class: "right" }, held === null ? "" : say("minutes", { n: held })),
  );
}

// ---- with the keyboard ------------------------------------------------------------------------------------------

/** The keyboard comes to one row of the list; arrows lead to the others. */
function letKeyboardIn() {
  const here = document.activeElement.closest("#waiting tr") ?? at("waiting").querySelector("[aria-selected=true]");
  (here ?? at("waiting").rows[0])?.setAttribute("tabindex", "0");
}

function reach(row, other) {
  if (!other) return;
  row.setAttribute("tabindex", "-1");
  other.setAttribute("tabindex", "0");
  other.focus();
}

function openTab(button) {
  tab = button.dataset.tab;
  at("list").setAttribute("aria-labelledby", button.id);
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one === button));
    one.setAttribute("tabindex", one === button ? "0" : "-1");
  }
  choose("");
}

/** The tab that a key leads to from another; they stand in a ring. */
const TURNS = {
  ArrowRight: (place) => (place + 1) % tabs.length,
  ArrowLeft: (place) => (place + tabs.length - 1) % tabs.length,
  Home: () => 0,
  End: () => tabs.length - 1,
};

for (const [place, button] of tabs.entries()) {
  button.addEventListener("click", () => openTab(button));
  button.addEventListener("keydown", (event) => {
    if (!(event.key in TURNS)) return;
    event.preventDefault();
    const other = tabs[TURNS[event.key](place)];
    other.focus();
    openTab(other);
  });
}

at("waiting").addEventListener("click", (event) => choose(event.target.closest("tr")?.dataset.number ?? ""));

at("waiting").addEventListener("keydown", (event) => {
  const row = event.target.closest("tr");
  if (event.key in KEYBOARD) reach(row, row[KEYBOARD[event.key]]);
  else if (event.key === "Enter" || event.key === " ") {
    choose(row.dataset.number);
    document.querySelector("#touches button:not([hidden])").focus();
  } else return;
  event.preventDefault(); // the list would scroll by itself
});
