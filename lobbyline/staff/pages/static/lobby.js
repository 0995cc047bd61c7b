// The lobby manager's page: who waits, who is aside, and what may be done for them.
// A row is chosen with a touch; what may be done with it stands at the foot of the page.

import { onSendOn, onTouch, onWhy, showAlerts, showCounters, showDevices } from "./lobby_side.js";
import { at, fill, make, minutesSince, named, range, say, sentenceOf, setClock, timeOf, write } from "./page.js";
import { follow, intend, interrupted, read } from "./wire.js";

const ASIDE = ["missed", "held"];
const MAY = {
  waiting: ["move", "care", "reprint", "leave", "void"],
  missed: ["restore", "reprint", "leave", "void"],
  held: ["restore", "move", "leave", "void"],
};

let floor = null; // the hall as last read
let tab = "waiting";
let chosen = ""; // the number that was touched

// ---- showing ----------------------------------------------------------------------------------------------------

async function show() {
  floor = await read("/api/floor");
  setClock(floor.at);
  fill(at("queues"), floor.queues, queueCell);
  showSuggestion(floor.suggestion);
  showList();
  showChosen();
  showAlerts(floor.alerts);
  showCounters(floor.counters, floor.uses);
  showDevices(floor.devices, floor.printers);
}

function queueCell({ letter, name, waiting, wait }) {
  return make(
    "li",
    { title: named(name), ...(waiting ? {} : { class: "empty" }) },
    make("b", { class: "letter" }, letter),
    make("b", { class: "count", title: say("people", { n: waiting }) }, String(waiting)),
    make("span", { class: "name" }, named(name)),
    make("span", { class: "range" }, range(wait)),
  );
}

function showSuggestion(found) {
  at("suggestion").hidden = !found;
  if (!found) return;
  const { counter, helps, people, mean, mean_then: then } = found;
  const queue = floor.queues.find((one) => one.letter === helps);
  write(at("suggestion"), say(helps ? "suggest_help" : "suggest_open", { counter, people, mean, then, queue: queue ? named(queue.name) : helps }));
}

function showList() {
  const lines = { waiting: floor.waiting, papers: floor.papers };
  for (const state of ASIDE) lines[state] = floor.aside[state].map((ticket) => ({ ticket }));
  for (const [name, rows] of Object.entries(lines)) write(at(`${name}-count`), String(rows.length));
  for (const table of document.querySelectorAll("#list table")) {
    table.hidden = lines[tab].length === 0 || (table.dataset.of === "papers") !== (tab === "papers");
  }
  write(at("waiting-none"), lines[tab].length ? "" : say(`none_${tab}`));
  if (tab === "papers") fill(at("papers"), floor.papers.map(withHands), paperRow);
  else fill(at("waiting"), lines[tab].map((entry) => ({ ...entry, tab, n: minutesSince(entry.ticket.arrived_at), on: entry.ticket.number === chosen })), waitingRow);
  const reached = document.activeElement.closest("#waiting tr") ?? at("waiting").querySelector("[aria-selected=true]") ?? at("waiting").rows[0];
  reached?.setAttribute("tabindex", "0");
}

/** The keyboard comes to one row of the list; arrows lead to the others. */
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

// ---- choosing ---------------------------------------------------------------------------------------------------

function ticketOf(number) {
  const all = [...floor.waiting, ...ASIDE.flatMap((state) => floor.aside[state].map((ticket) => ({ ticket })))];
  return all.find((entry) => entry.ticket.number === number)?.ticket;
}

function showChosen() {
  const ticket = chosen && ticketOf(chosen);
  at("chosen").hidden = !ticket;
  if (!ticket) {
    chosen = "";
    return;
  }
  write(at("chosen-number"), ticket.shown);
  write(at("chosen-service"), named(ticket.service_name));
  const may = MAY[ticket.state] ?? [];
  for (const key of at("touches").querySelectorAll("[data-do], [data-ask]")) {
    const verb = key.dataset.do ?? key.dataset.ask;
    key.hidden = !may.includes(verb) || (verb === "care" && ticket.segment === "care");
  }
}

function choose(number) {
  chosen = number;
  ask("");
  write(at("chosen-note"), "");
  showList();
  showChosen();
}

/** Opens the question of a key, or closes it again. */
function ask(verb) {
  at("touches").hidden = verb !== "";
  for (const form of document.querySelectorAll("#chosen form")) {
    form.hidden = form.dataset.verb !== verb;
    if (!form.hidden) {
      form.reset();
      form.querySelector("select, input").focus();
    }
  }
}

at("waiting").addEventListener("click", (event) => choose(event.target.closest("tr")?.dataset.number ?? ""));
const PACES = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };

at("waiting").addEventListener("keydown", (event) => {
  const row = event.target.closest("tr");
  if (event.key in PACES) reach(row, row[PACES[event.key]]);
  else if (event.key === "Enter" || event.key === " ") {
    choose(row.dataset.number);
    at("touches").querySelector("button:not([hidden])").focus();
  } else return;
  event.preventDefault(); // the list would scroll by itself
});

/** Another row is the one that the keyboard comes to. */
function reach(row, other) {
  if (!other) return;
  row.setAttribute("tabindex", "-1");
  other.setAttribute("tabindex", "0");
  other.focus();
}

/** Nothing is to be done with the ticket that was chosen; the keyboard is back at its row. */
function unchoose() {
  const row = at("waiting").querySelector("[aria-selected=true]");
  choose("");
  at("waiting").querySelector(`[data-number="${row?.dataset.number}"]`)?.focus();
}

at("unchoose").addEventListener("click", unchoose);
at("chosen").addEventListener("keydown", ({ key }) => {
  if (key === "Escape") unchoose();
});
for (const back of document.querySelectorAll("[data-back]")) back.addEventListener("click", () => ask(""));

at("touches").addEventListener("click", (event) => {
  const { do: verb, ask: question } = event.target.closest("button")?.dataset ?? {};
  if (question) ask(question);
  if (verb) change(verb, {});
});

for (const form of document.querySelectorAll("#chosen form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(form.dataset.verb, Object.fromEntries(new FormData(form)));
  });
}

for (const button of document.querySelectorAll("[data-tab]")) {
  button.addEventListener("click", () => {
    tab = button.dataset.tab;
    for (const other of document.querySelectorAll("[data-tab]")) other.setAttribute("aria-selected", String(other === button));
    choose("");
  });
}

// ---- doing ------------------------------------------------------------------------------------------------------

let busy = false;

/** One wish at a time, sent once. */
async function act(path, body, tell, refused = issued) {
  if (busy) return;
  busy = true;
  issued(say("doing"));
  try {
    const answer = await intend(path, body);
    if (answer) tell(answer);
  } catch (error) {
    refused(sentenceOf(error), "no");
  } finally {
    busy = false;
    look();
  }
}

let touched = Promise.resolve(); // touches wait for one another and are never lost; the same twice is once

async function touchAll(ids, verb) {
  for (const id of ids) {
    try {
      await intend(`/api/alerts/${id}/${verb}`);
    } catch (error) {
      issued(sentenceOf(error), "no");
    }
  }
  look();
}

onTouch((ids, verb) => {
  touched = touched.then(() => touchAll(ids, verb));
});

/** Why somebody was called: whoever waits may be told. */
onWhy(async (counter) => {
  choose("");
  const { ticket, why } = await read(`/api/counters/${counter}`);
  if (ticket) issued(named(why));
});

onSendOn((from, to) => {
  const printer = floor.printers.find((one) => one.name === to).shown;
  act(`/api/printers/${encodeURIComponent(from)}/onward`, { to }, ({ papers }) => issued(say("told_onward", { papers, printer }), "yes"));
});

function change(verb, body) {
  const number = chosen;
  const told = () => {
    issued(say(`told_${verb}`, { number: ticketOf(number)?.shown ?? number }), "yes");
    choose("");
  };
  act(`/api/tickets/${number}/${verb}`, body, told, refusedHere);
}

function refusedHere(text) {
  issued("");
  write(at("chosen-note"), text);
}

function issued(text, kind = "") {
  write(at("issued"), text);
  at("issued").dataset.kind = kind;
}

function tellTaken({ ticket, ahead, wait, zone }) {
  issued("", "yes");
  const rest = say("taken_rest", { ahead, range: range(wait), zone: named(zone) });
  at("issued").replaceChildren(make("b", { class: "number" }, ticket.shown), make("span", {}, rest));
}

at("issue").addEventListener("submit", (event) => {
  event.preventDefault();
  const { service, segment } = event.target;
  act("/api/tickets", { service: service.value, segment: segment.value }, tellTaken);
});

at("complaint").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const told = () => {
    issued(say("told_complaint"), "yes");
    form.reset();
    form.closest("details").open = false;
  };
  act("/api/complaints", { about: form.about.value, number: form.number.value.trim() }, told);
});

// ---- start ------------------------------------------------------------------------------------------------------

const look = follow(show);

interrupted()?.then(look, look);
