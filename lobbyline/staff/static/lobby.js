// The lobby manager's page: what needs a person, who waits, which counters and devices work.

import { at, fill, make, minutesSince, named, range, say, setClock, timeOf, write } from "./page.js";
import { follow, intend, interrupted, read, Refused } from "./wire.js";

// ---- showing ----------------------------------------------------------------------------------------------------

async function show() {
  const [hall, waiting, alerts, devices] = await Promise.all(
    ["hall", "waiting", "alerts", "devices"].map((part) => read(`/api/${part}`)),
  );
  setClock(hall.at);
  fill(at("queues"), hall.queues, queueCell);
  showWaiting(waiting);
  write(at("alerts-count"), alerts.length ? String(alerts.length) : "");
  fill(at("alerts"), alerts.length ? alerts : [null], alertRow);
  fill(at("counters"), hall.counters, counterRow);
  showDevices(devices);
}

function queueCell({ letter, name, waiting, wait }) {
  return make(
    "li",
    waiting ? {} : { class: "empty" },
    make("b", { class: "letter" }, letter),
    make("span", { class: "name" }, named(name)),
    make("span", { class: "count" }, say("people", { n: waiting })),
    make("span", { class: "range" }, range(wait)),
  );
}

function showWaiting(waiting) {
  write(at("waiting-count"), String(waiting.length));
  write(at("waiting-none"), waiting.length ? "" : say("nobody_waiting"));
  const rows = waiting.map((entry) => ({ ...entry, n: minutesSince(entry.ticket.arrived_at) }));
  fill(at("waiting"), rows, waitingRow);
}

function waitingRow({ ticket, wait, overdue, n }) {
  const again = make("button", { type: "button", class: "quiet", "data-reprint": ticket.number }, say("reprint"));
  return make(
    "tr",
    { "data-number": ticket.number, class: overdue ? "overdue" : "" },
    make("td", { class: "number" }, ticket.shown),
    make("td", {}, named(ticket.service_name)),
    make("td", {}, named(ticket.segment_name)),
    make("td", { class: ticket.ready ? "ready" : "unready" }, readiness(ticket)),
    make("td", { class: "right" }, timeOf(ticket.taken_at)),
    make("td", { class: "right waited" }, say("minutes", { n })),
    make("td", { class: "right" }, range(wait)),
    make("td", { class: "right" }, again),
  );
}

function readiness({ needs_form: needed, ready }) {
  if (ready) return say("ready_yes");
  return say(needed ? "ready_no" : "ready_unneeded");
}

function alertRow(alert) {
  if (!alert) return make("li", { class: "none" }, say("no_alerts"));
  return make(
    "li",
    { "data-level": alert.level },
    make("span", { class: "sentence" }, alert.sentence),
    make("time", {}, timeOf(alert.at)),
  );
}

function counterRow({ number, name, state, shown }) {
  return make(
    "li",
    { "data-state": state },
    make("b", { class: "figures" }, String(number)),
    make("a", { href: `/counter/${number}`, class: "name" }, named(name)),
    make("span", { class: "at" }, shown),
    make("span", { class: "state", "data-state": state }, say(`state_${state}`)),
  );
}

/** A row for each device that needs a hand; those that work are counted. */
function showDevices(devices) {
  const faulty = devices.filter((device) => device.state !== "ok");
  const working = devices.length - faulty.length;
  fill(at("devices"), faulty, deviceRow);
  write(at("devices-working"), devices.length ? say("devices_working", { n: working }) : say("no_devices"));
}

function deviceRow({ name, state, sentence }) {
  return make(
    "li",
    { "data-state": state },
    make("span", { class: "name" }, name),
    make("span", { class: "state" }, say(`device_${state}`)),
    make("span", { class: "sentence" }, sentence),
  );
}

// ---- doing ------------------------------------------------------------------------------------------------------

let busy = false;

async function act(path, body, tell) {
  if (busy) return;
  busy = true;
  issued(say("doing"));
  try {
    const answer = await intend(path, body);
    if (answer) tell(answer);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    issued(error.message, "no");
  } finally {
    busy = false;
    look();
  }
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

at("waiting").addEventListener("click", (event) => {
  const number = event.target.closest("[data-reprint]")?.dataset.reprint;
  if (number) act(`/api/tickets/${number}/reprint`, {}, () => issued(say("reprinting", { number }), "yes"));
});

// ---- start ------------------------------------------------------------------------------------------------------

const look = follow(show);

interrupted()?.then(look, look);
