// One counter's now: who is here, which step, what is next.
// One key does the next thing; an answer that is still on its way makes the keys wait.

import { at, data, fill, make, minutesSince, named, say, setClock, timeOf, write } from "./page.js";
import { formCard } from "./papers.js";
import { follow, giveUp, intend, interrupted, read, Refused } from "./wire.js";

const desk = at("desk");
const HERE = `/api/counters/${desk.dataset.counter}`;
const STEPS = ["greet", "ask", "operate", "confirm", "farewell"];
const BEHIND = 15; // rows of the line that are shown
const SETTLE_MS = 450; // a double click is over by then
const SLOW_MS = 1500; // after this long a person wants to know why
const AFTER_INTAKE = ["review", "voucher"]; // what may still be missing when papers are handed in
const ME = data.me.person;

let now = null; // the counter as last read
let busy = false; // an answer is on its way
let settling = false; // a key was just pressed
let looked = ""; // the ticket whose answers are on the page

// ---- what is next -----------------------------------------------------------------------------------------------

function nextThing() {
  if (others()) return "take_over";
  if (now.ticket) {
    const step = STEPS[STEPS.indexOf(now.ticket.step) + 1] ?? "farewell";
    return step === "farewell" && toHandIn() ? "intake" : step;
  }
  return { closed: "open", paused: "resume", open: "next" }[now.state];
}

/** Whether somebody else sits here. */
const others = () => now.state !== "closed" && now.teller !== ME;

/** Papers that only lack their review go to the back office, and the counter is free. */
function toHandIn() {
  const missing = now.controls.filter((control) => !control.done).map(({ control }) => control);
  return missing.includes("review") && missing.every((control) => AFTER_INTAKE.includes(control));
}

/** Which keys mean something now. */
function meaningful() {
  if (others()) return { primary: true };
  const called = now.ticket?.state === "called";
  const serving = Boolean(now.ticket) && !called;
  const free = !now.ticket;
  const isOpen = now.state === "open";
  return {
    primary: true,
    recall: called,
    absent: called,
    hold: Boolean(now.ticket),
    move: Boolean(now.ticket),
    refer: serving && at("panel-refer").service.length > 1,
    done: serving && now.ticket.step === "confirm",
    call: free && isOpen,
    pause: now.state !== "closed",
    close: free && now.state !== "closed",
    look: Boolean(now.ticket?.needs_form),
  };
}

// ---- showing ----------------------------------------------------------------------------------------------------

function show() {
  desk.dataset.state = now.state;
  showState();
  showTicket(now.ticket);
  showRail(now.ticket);
  showKeys();
  showHint();
  showControls();
  showFilled();
  at("work").hidden = at("checks").hidden && at("filled").hidden;
  showAside();
  showBehind();
}

function showState() {
  write(at("state"), say(`state_${now.state}`));
  at("state").dataset.state = now.state;
  write(at("teller"), now.state === "closed" ? "" : now.teller);
  at("teller").hidden = !others();
}

function showTicket(ticket) {
  desk.dataset.ticket = ticket?.state ?? "";
  write(at("number"), ticket?.shown ?? "—");
  write(at("service"), ticket ? named(ticket.service_name) : say(`idle_${now.state}`));
  fill(at("chips"), ticket ? chips(ticket) : [], ([kind, text]) => make("span", { class: `chip ${kind}` }, text));
  write(at("since"), ticket ? since(ticket) : say("behind_n", { n: now.behind.length }));
  const why = named(now.why);
  write(at("why"), ticket && why ? say("why", { why }) : "");
}

function chips(ticket) {
  const ready = ticket.ready ? ["good", say("ready_yes")] : null;
  const again = ticket.calls > 1 ? ["", say("called_times", { n: ticket.calls })] : null;
  return [["", named(ticket.segment_name)], ready, again].filter(Boolean);
}

function since(ticket) {
  return say("since", { time: timeOf(ticket.arrived_at), n: minutesSince(ticket.arrived_at) });
}

function showRail(ticket) {
  const reached = STEPS.indexOf(ticket?.step);
  for (const [index, step] of [...at("rail").children].entries()) {
    step.className = index < reached ? "past" : "";
    if (ticket && index === reached) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
  write(at("prompt"), ticket ? say(`prompt_${ticket.step || "called"}`) : "");
}

function showKeys() {
  const means = meaningful();
  for (const key of document.querySelectorAll(".key[data-key]")) {
    key.setAttribute("aria-disabled", String(busy || settling || !means[key.id]));
    key.classList.toggle("idle", !means[key.id]);
  }
  write(at("primary").firstElementChild, say(`do_${nextThing()}`));
  write(at("pause").firstElementChild, say(now.state === "paused" ? "resume" : "pause"));
  desk.toggleAttribute("data-busy", busy);
}

/** One line for what else may help this customer; the lobby gives at most one a ticket. */
function showHint() {
  at("hint").hidden = !now.hint;
  write(at("hint"), now.hint ? say("hint", { hint: named(now.hint) }) : "");
}

function showControls() {
  at("checks").hidden = now.controls.length === 0;
  const rows = now.controls.map((control) => ({ ...control, ticket: now.ticket.number, n: minutesWaited(control) }));
  fill(at("controls"), rows, controlRow);
}

const minutesWaited = ({ since: asked }) => (asked ? minutesSince(asked) : 0);

function controlRow(control) {
  const name = make("span", { class: "control" }, say(`control_${control.control}`));
  if (control.done) return make("li", { class: "done" }, name, make("span", { class: "mark" }, control.by));
  return make("li", { "data-control": control.control }, name, ...stepOf(control));
}

/** What there is to know and to do for a control that nobody did yet. */
function stepOf({ control, serial, asked, reason, answered_by: by, n }) {
  const told = (text, kind = "") => make("span", { class: `told ${kind}` }, text);
  if (control === "review") return [told(say("review_later"))];
  if (control === "voucher") return [told(serial ? say("voucher_next", { serial }) : ""), checkKey(control, "voucher_use")];
  if (control !== "authorisation") return [checkKey(control, `did_${control}`)];
  if (asked === "waiting") return [told(say("authorisation_waiting", { n }))];
  const again = stepKey("ask_authorisation", () => act("authorise"));
  return asked === "refused" ? [told(say("authorisation_refused", { by, reason }), "no"), again] : [again];
}

const checkKey = (control, word) => stepKey(word, () => act("check", { control }));

function stepKey(word, press) {
  const key = make("button", { class: "key plain", type: "button" }, say(word));
  key.addEventListener("click", press);
  return key;
}

/** Answers are shown when asked for, and only while their ticket is here: every look is logged. */
function showFilled() {
  at("filled").hidden = !now.ticket?.needs_form;
  if (looked === now.ticket?.number) return;
  looked = "";
  at("forms").replaceChildren();
}

/** Whom this counter can call back by number. */
function showAside() {
  write(at("aside-count"), now.aside.length ? String(now.aside.length) : "");
  write(at("aside-none"), now.aside.length ? "" : say("nobody_aside"));
  const free = now.state === "open" && !now.ticket && !others();
  fill(at("aside"), now.aside.map((ticket) => ({ ...ticket, free })), asideRow);
}

function asideRow({ number, shown, service_name: service, state, free }) {
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

function showBehind() {
  write(at("behind-count"), String(now.behind.length));
  const rows = now.behind.slice(0, BEHIND).map((entry) => ({ ...entry, n: minutesSince(entry.ticket.arrived_at) }));
  fill(at("behind"), rows, behindRow);
  const more = now.behind.length - rows.length;
  write(at("behind-more"), now.behind.length === 0 ? say("nobody_behind") : more > 0 ? say("more", { n: more }) : "");
}

function behindRow({ ticket, overdue, n }) {
  return make(
    "tr",
    overdue ? { class: "overdue" } : {},
    make("td", { class: "number" }, ticket.shown),
    make("td", { class: "service", title: named(ticket.service_name) }, named(ticket.service_name)),
    make("td", { class: "filled-mark", title: say("ready_yes") }, ticket.ready ? "✓" : ""),
    make("td", { class: "right" }, say("minutes", { n })),
  );
}

function note(text, kind = "") {
  write(at("note"), text);
  at("note").dataset.kind = kind;
}

// ---- doing ------------------------------------------------------------------------------------------------------

let doing = Promise.resolve();

/** One wish after another: what is typed while an answer is on its way comes after it. */
function act(verbs, body = {}) {
  const mine = doing.then(() => perform(verbs, body));
  doing = mine.catch(() => {});
  return mine;
}

/** Does verbs one after another; a refusal ends the row. The keys wait for the answer. */
async function perform(verbs, body) {
  busy = true;
  note(say("doing"));
  showKeys();
  const said = await answerTo([verbs].flat(), body);
  await look();
  busy = false;
  note(said, said && "no");
  showKeys();
}

/** "" when all went well, else the sentence. */
async function answerTo(verbs, body) {
  const slow = setTimeout(() => note(say("doing_slow")), SLOW_MS);
  try {
    for (const verb of verbs) {
      const answer = await intend(`${HERE}/${verb}`, body);
      if (!answer) break; // given up
    }
    hidePanel();
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  } finally {
    clearTimeout(slow);
  }
}

async function showAnswers() {
  const number = now.ticket.number;
  try {
    const filled = await read(`${HERE}/filled`);
    looked = number;
    at("forms").replaceChildren(...(filled.length ? filled.map(paper) : [say("filled_nothing")]));
  } catch (error) {
    note(error instanceof Refused ? error.message : say("offline"), "no");
  }
}

/** A filled form and what a teller does with it; whatever changes it reads it anew. */
function paper(form) {
  const tell = (text) => note(text, "no");
  return formCard(form, { path: `${HERE}/filled/${form.form}`, again: showAnswers, tell });
}

// ---- keys and panels --------------------------------------------------------------------------------------------

/** Two verbs, so that the farewell stands even when nobody waits. */
const ending = (verb) => (now.state === "open" ? [verb, "next"] : [verb]);

function doNextThing() {
  const thing = nextThing();
  if (thing === "farewell") return act(ending("done"));
  return act(thing === "intake" ? ending("intake") : thing.replace("_", "-"));
}

// What a key does; it returns a promise when the lobby is asked to do something.
const DO = {
  primary: () => doNextThing(),
  recall: () => act("recall"),
  absent: () => act("absent"),
  hold: () => act("hold"),
  done: () => act("done"),
  move: () => openPanel("move"),
  refer: () => openPanel("refer"),
  call: () => openPanel("call"),
  close: () => openPanel("close"),
  pause: () => (now.state === "paused" ? act("resume") : askPause()),
  look: () => showAnswers(),
};

/** A branch may want to know why. */
const askPause = () => (at("panel-pause").reason.options.length > 1 ? openPanel("pause") : act("pause"));

function press(key) {
  if (!now || key.getAttribute("aria-disabled") === "true") return;
  if (DO[key.id]()) settle();
}

/** The keys rest until a double click is over: its second half must not do the next thing. */
function settle() {
  settling = true;
  showKeys();
  setTimeout(() => {
    settling = false;
    showKeys();
  }, SETTLE_MS);
}

function openPanel(name) {
  for (const form of at("panel").querySelectorAll("form")) form.hidden = form.id !== `panel-${name}`;
  at("panel").hidden = false;
  note("");
  const form = at(`panel-${name}`);
  if (name === "move" || name === "refer") offerServices(form.service);
  (form.querySelector("input, select") ?? form.querySelector("button")).focus();
}

/** Every service but the ticket's own, and none chosen yet: a move by accident would cost a place at the counter. */
function offerServices(select) {
  select.value = "";
  for (const option of select.options) option.disabled = option.value === now.ticket.service;
}

/** The field lets go of the keyboard at once, so that the next letter is a shortcut again. */
function hidePanel() {
  if (at("panel").contains(document.activeElement)) document.activeElement.blur();
  at("panel").hidden = true;
  at("panel-call").reset();
}

/** What a form sends when it is submitted, once at a time. */
function onSubmit(form, send) {
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    await send(form).finally(() => (sending = false));
  });
}

const SEND = {
  call: (form) => act("call", { number: form.number.value }),
  move: (form) => act("move", { number: now.ticket.number, service: form.service.value }),
  refer: (form) => act("refer", { service: form.service.value }),
  pause: (form) => act("pause", { reason: form.reason.value }),
  close: () => act("close"),
};

for (const [name, send] of Object.entries(SEND)) onSubmit(at(`panel-${name}`), send);

at("panel-away").addEventListener("click", hidePanel);

document.addEventListener("click", (event) => {
  const key = event.target.closest(".key[data-key]");
  // A second click of a double click is not a second wish.
  if (key && event.detail < 2) press(key);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hidePanel();
    giveUp();
    return;
  }
  const typing = event.target.closest?.("input, select, textarea");
  if (typing || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  // The place of the key counts, for a Chinese input method hides the letter.
  const key = document.querySelector(`.key[data-key="${event.code.replace("Key", "")}"]`);
  if (!key) return;
  event.preventDefault();
  press(key);
});

// ---- start ------------------------------------------------------------------------------------------------------

const look = follow(async () => {
  now = await read(HERE);
  setClock(now.at);
  show();
});

interrupted()?.then(look, look);
