// What the lobby manager sees at a glance: what needs a person, what each counter does, which devices fail.

import { at, fill, make, minutesSince, named, say, timeOf, unbroken, write } from "./page.js";

// ---- alerts -----------------------------------------------------------------------------------------------------

const SHAKE_MS = [200, 100, 200];
let red = null; // the red alerts that were shown last

export function showAlerts(alerts) {
  shake(alerts.filter(({ level }) => level === "red").flatMap(({ ids }) => ids));
  write(at("alerts-count"), alerts.length ? String(alerts.length) : "");
  fill(at("alerts"), alerts.length ? alerts : [null], alertRow);
}

/** A phone in the hand tells of each that comes new. */
function shake(now) {
  if (red && now.some((id) => !red.includes(id))) navigator.vibrate?.(SHAKE_MS);
  red = now;
}

function alertRow(alert) {
  if (!alert) return make("li", { class: "none" }, say("no_alerts"));
  const { level, kind, sentence, detail, taken_by: who, at: since, ids } = alert;
  const touch = (verb) => make("button", { type: "button", class: "key plain", "data-touch": verb, "data-ids": ids.join(" ") }, say(`alert_${verb}`));
  return make(
    "li",
    { "data-level": level, "data-kind": kind },
    make("span", { class: "sentence" }, ...unbroken(sentence)),
    make("span", { class: "detail" }, [who ? say("alert_goes", { who }) : "", detail].filter(Boolean).join(" · ")),
    make("time", {}, timeOf(since)),
    make("span", { class: "touch" }, ...(who ? [touch("done")] : [touch("take"), touch("done")])),
  );
}

/** `touch` is told the alerts of a row and what is to be done with them. */
export function onTouch(touch) {
  at("alerts").addEventListener("click", (event) => {
    const { touch: verb, ids } = event.target.closest("[data-touch]")?.dataset ?? {};
    if (verb) touch(ids.split(" "), verb);
  });
}

// ---- counters ---------------------------------------------------------------------------------------------------

/** What every counter does, since when, and how much of its open time it was busy; below what was lost today. */
export function showCounters(counters, uses) {
  const use = (number) => uses.find(({ counter }) => counter === number);
  fill(at("counters"), counters.map((counter) => withUse(counter, use(counter.number))), counterCell);
  const idle = uses.reduce((sum, { idle }) => sum + idle, 0);
  write(at("idle"), idle ? say("idle_today", { n: idle }) : "");
}

const withUse = ({ number, name, state, shown }, { since, wanted, busy }) => ({
  number, name, state, shown, wanted, busy, n: since && state !== "closed" ? minutesSince(since) : null,
});

function counterCell({ number, name, state, shown, wanted, busy, n }) {
  const what = shown ? make("button", { type: "button", class: "at", title: say("why_asked"), "data-counter": number }, shown) : make("span", { class: "at rests" }, say(state === "open" ? "state_free" : `state_${state}`));
  return make(
    "li",
    { class: wanted && !shown ? "wanted" : "", "data-state": state, title: named(name) },
    make("span", { class: "letter" }, String(number)),
    what,
    make("span", { class: "name" }, named(name)),
    make("span", { class: "range" }, ...(n === null ? [] : [make("span", {}, say("minutes", { n }))]), ...(busy ? [make("span", {}, say("busy", { n: busy }))] : [])),
  );
}

/** `ask` is told the counter whose call is to be explained. */
export function onWhy(ask) {
  at("counters").addEventListener("click", (event) => {
    const { counter } = event.target.closest("[data-counter]")?.dataset ?? {};
    if (counter) ask(counter);
  });
}

// ---- devices ----------------------------------------------------------------------------------------------------

/** A row for each device that needs a hand; those that work are counted. */
export function showDevices(devices, printers) {
  const faulty = devices.filter((device) => device.state !== "ok");
  const working = devices.length - faulty.length;
  const well = printers.filter(({ name }) => !faulty.some((device) => device.name === name));
  const waiting = (name) => printers.find((printer) => printer.name === name)?.papers ?? 0;
  fill(at("devices"), faulty.map((device) => ({ ...device, papers: waiting(device.name), well })), deviceRow);
  write(at("devices-working"), devices.length ? say("devices_working", { n: working, faulty: faulty.length }) : say("no_devices"));
  if (faulty.some(({ name }) => waiting(name))) at("device-list").open = true;
}

/** A printer that fails says how many papers wait for it, and which other one could print them. */
function deviceRow({ name, shown, state, sentence, papers, well }) {
  const onward = (other) => make("button", { type: "button", class: "key plain", "data-from": name, "data-to": other.name }, say("print_at", { printer: other.shown }));
  const waiting = papers ? [make("span", { class: "papers" }, say("papers_wait", { n: papers }), ...well.map(onward))] : [];
  return make(
    "li",
    { "data-state": state },
    make("span", { class: "name" }, shown),
    make("span", { class: "state" }, say(`device_${state}`)),
    make("span", { class: "sentence" }, sentence),
    ...waiting,
  );
}

/** `send` is told from which printer papers go to which other. */
export function onSendOn(send) {
  at("devices").addEventListener("click", (event) => {
    const { from, to } = event.target.closest("[data-to]")?.dataset ?? {};
    if (to) send(from, to);
  });
}
