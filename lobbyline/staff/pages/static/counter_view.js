// What a teller's page shows of its counter: whoever is here, the steps, controls, who is aside and who waits behind.

import { at, fill, make, minutesSince, named, say, timeOf, write } from "./page.js";

const STEPS = ["greet", "ask", "operate", "confirm", "farewell"];
const BEHIND = Math.max(15, Math.floor((innerHeight - 230) / 37)); // rows of the line that there is room for

// ---- the customer who is here -----------------------------------------------------------------------------------

/** The counter, whoever stands there, and how far the service is; `strange`: somebody else sits here. */
export function showDesk({ state, teller, ticket, why, hint, prompt, behind }, strange) {
  write(at("state"), say(`state_${state}`));
  at("state").dataset.state = state;
  write(at("teller"), state === "closed" ? "" : teller);
  at("teller").hidden = !strange;
  at("desk").dataset.ticket = ticket?.state ?? "";
  write(at("number"), ticket?.shown ?? "—");
  write(at("service"), ticket ? named(ticket.service_name) : say(`idle_${state}`));
  fill(at("chips"), ticket ? chips(ticket) : [], ([kind, text]) => make("span", { class: `chip ${kind}` }, text));
  write(at("since"), ticket ? since(ticket) : say(behind.length ? "behind_n" : "nobody_behind", { n: behind.length }));
  write(at("why"), ticket && named(why) ? say("why", { why: named(why) }) : "");
  showRail(ticket);
  write(at("prompt"), ticket ? (prompt ? named(prompt) : say(`prompt_${ticket.step || "called"}`)) : "");
  showHint(hint);
}

function chips(ticket) {
  const ready = ticket.ready ? ["good", say("ready_yes")] : null;
  const again = ticket.calls > 1 ? ["", say("called_times", { n: ticket.calls })] : null;
  return [["", named(ticket.segment_name)], ready, again].filter(Boolean);
}

/** How long the wait was, which ended with the call, and how long ago that is. */
function since({ arrived_at: arrived, called_at: called }) {
  const waited = minutesSince(arrived) - minutesSince(called);
  return [say("since", { time: timeOf(arrived), n: Math.max(0, waited) }), say("called_ago", { n: minutesSince(called) })].join(" · ");
}

function showRail(ticket) {
  const reached = STEPS.indexOf(ticket?.step);
  for (const [index, step] of [...at("rail").children].entries()) {
    step.className = index < reached ? "past" : "";
    if (ticket && index === reached) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

/** One line for what else may help this customer; the lobby gives at most one a ticket. */
function showHint(hint) {
  at("hint").hidden = !hint;
  write(at("hint"), hint ? say("hint", { hint: named(hint) }) : "");
}

// ---- controls ---------------------------------------------------------------------------------------------------

/** The controls of the service as steps; `act` does one of them, for whoever sits here. */
export function showControls({ controls, ticket }, strange, act) {
  at("checks").hidden = controls.length === 0;
  const rows = controls.map((control) => ({ ...control, strange, ticket: ticket.number, n: control.since ? minutesSince(control.since) : 0 }));
  fill(at("controls"), rows, (row) => controlRow(row, act));
}

function controlRow(control, act) {
  const name = make("span", { class: "control" }, say(`control_${control.control}`));
  if (control.done) return make("li", { class: "done" }, name, make("span", { class: "mark" }, control.by));
  return make("li", { "data-control": control.control }, name, ...(control.strange ? [] : stepOf(control, act)));
}

/** What there is to know and to do for a control that nobody did yet. */
function stepOf({ control, serial, asked, reason, answered_by: by, n }, act) {
  const told = (text, kind = "") => make("span", { class: `told ${kind}` }, text);
  const check = (word) => stepKey(word, () => act("check", { control }));
  if (control === "review") return [told(say("review_later"))];
  if (control === "voucher") return [told(serial ? say("voucher_next", { serial }) : ""), check("voucher_use")];
  if (control !== "authorisation") return [check(`did_${control}`)];
  if (asked === "waiting") return [told(say("authorisation_waiting", { n }))];
  const again = stepKey("ask_authorisation", () => act("authorise"));
  return asked === "refused" ? [told(say("authorisation_refused", { by, reason }), "no"), again] : [again];
}

function stepKey(word, press) {
  const key = make("button", { class: "key plain", type: "button" }, say(word));
  key.addEventListener("click", press);
  return key;
}

// ---- who is aside, who waits ------------------------------------------------------------------------------------

/** Whom this counter can call back by number, with a key for each while it is free. */
export function showAside(aside, free, act) {
  write(at("aside-count"), aside.length ? String(aside.length) : "");
  write(at("aside-none"), aside.length ? "" : say("nobody_aside"));
  fill(at("aside"), aside.map((ticket) => ({ ...ticket, free })), (row) => asideRow(row, act));
}

function asideRow({ number, shown, service_name: service, state, free }, act) {
  const key = make("button", { class: "quiet", type: "button", "data-back": number }, say("call"));
  key.addEventListener("click", () => act("call", { number }));
  return make(
    "tr",
    {},
    make("td", { class: "number" }, shown),
    make("td", { class: "service" }, named(service)),
    make("td", { class: "state" }, say(`state_${state}`)),
    make("td", { class: "right" }, ...(free ? [key] : [])),
  );
}

export function showBehind(behind) {
  write(at("behind-count"), String(behind.length));
  const rows = behind.slice(0, BEHIND).map((entry) => ({ ...entry, n: minutesSince(entry.ticket.arrived_at) }));
  fill(at("behind"), rows, behindRow);
  const more = behind.length - rows.length;
  write(at("behind-more"), behind.length === 0 ? say("nobody_behind") : more > 0 ? say("more", { n: more }) : "");
}

function behindRow({ ticket, overdue, n }) {
  return make(
    "tr",
    overdue ? { class: "overdue" } : {},
    make("td", { class: "number" }, ticket.shown),
    make("td", { class: "service", title: named(ticket.service_name) }, named(ticket.service_name)),
    ticket.ready ? make("td", { class: "filled-mark", title: say("ready_yes"), "aria-label": say("ready_yes") }, "✓") : make("td", { class: "filled-mark" }),
    make("td", { class: "right waited" }, say("minutes", { n })),
  );
}
