// The lobby manager's page: the hall at one look, and every touch as one wish to the lobby.

import { onWish, showChosen } from "./lobby_dock.js";
import { choose, onChoice, showLine } from "./lobby_line.js";
import { onSendOn, onTouch, onWhy, showAlerts, showCounters, showDevices } from "./lobby_side.js";
import { at, fill, make, named, range, say, sentenceOf, setClock, write } from "./page.js";
import { follow, intend, interrupted, read } from "./wire.js";

let floor = null; // the hall as last read

// ---- showing ----------------------------------------------------------------------------------------------------

async function show() {
  floor = await read("/api/floor");
  setClock(floor.at);
  fill(at("queues"), floor.queues, queueCell);
  showSuggestion(floor.suggestion);
  showLine(floor);
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

/** What came of a wish; `kind` says whether it was done. */
function issued(text, kind = "") {
  write(at("issued"), text);
  at("issued").dataset.kind = kind;
}

function tellTaken({ ticket, ahead, wait, zone }) {
  issued("", "yes");
  const rest = say("taken_rest", { ahead, range: range(wait), zone: named(zone) });
  at("issued").replaceChildren(make("b", { class: "number" }, ticket.shown), make("span", {}, rest));
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

onWish(({ number, shown }, verb, body) => {
  const told = () => {
    issued(say(`told_${verb}`, { number: shown }), "yes");
    choose("");
  };
  act(`/api/tickets/${number}/${verb}`, body, told, refusedHere);
});

function refusedHere(text) {
  issued("");
  write(at("chosen-note"), text);
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

onSendOn((from, to) => {
  const printer = floor.printers.find((one) => one.name === to).shown;
  act(`/api/printers/${encodeURIComponent(from)}/onward`, { to }, ({ papers }) => issued(say("told_onward", { papers, printer }), "yes"));
});

/** Why somebody was called: whoever waits may be told. */
onWhy(async (counter) => {
  choose("");
  try {
    const { ticket, why } = await read(`/api/counters/${counter}`);
    if (ticket) issued(named(why));
  } catch (error) {
    issued(sentenceOf(error), "no");
  }
});

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

// ---- start ------------------------------------------------------------------------------------------------------

onChoice(showChosen);

const look = follow(show);

interrupted()?.then(look, look);
