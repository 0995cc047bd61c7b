// One counter's now: who is here, which step, what is next.
// One key does the next thing; an answer that is still on its way makes the keys wait.

import { showAside, showBehind, showControls, showDesk } from "./counter_view.js";
import { at, say, sentenceOf, setClock, write } from "./page.js";
import { formCard } from "./papers.js";
import { follow, giveUp, intend, interrupted, read } from "./wire.js";

const desk = at("desk");
const HERE = `/api/counters/${desk.dataset.counter}`;
const SETTLE_MS = 450; // a double click is over by then
const SLOW_MS = 1500; // after this long a person wants to know why

let now = null; // the counter as last read
let busy = false; // an answer is on its way
let settling = false; // a key was just pressed
let looked = ""; // the ticket whose answers are on the page

// ---- showing ----------------------------------------------------------------------------------------------------

function show() {
  const strange = now.next === "take_over"; // somebody else sits here
  desk.dataset.state = now.state;
  showDesk(now, strange);
  showKeys();
  showControls(now, strange, act);
  showFilled();
  at("work").hidden = at("checks").hidden && at("filled").hidden;
  showAside(now.aside, now.keys.includes("call"), act);
  showBehind(now.behind);
}

function showKeys() {
  for (const key of document.querySelectorAll(".key[data-key]")) {
    const means = key.id === "primary" || now.keys.includes(key.id);
    key.setAttribute("aria-disabled", String(busy || settling || !means));
    key.classList.toggle("idle", !means);
  }
  write(at("primary").firstElementChild, say(`do_${now.next}`, { teller: now.teller }));
  write(at("pause").firstElementChild, say(now.state === "paused" ? "resume" : "pause"));
  desk.toggleAttribute("data-busy", busy);
}

/** Answers are shown when asked for, and only while their ticket is here: every look is logged. */
function showFilled() {
  at("filled").hidden = !now.ticket?.needs_form;
  if (looked === now.ticket?.number) return;
  looked = "";
  at("forms").replaceChildren();
}

function note(text, kind = "") {
  write(at("note"), text);
  at("note").dataset.kind = kind;
}

// ---- doing ------------------------------------------------------------------------------------------------------

let doing = Promise.resolve();

/** One wish after another: what is typed while an answer is on its way comes after it. It is about whom one saw then. */
function act(verbs, body = {}) {
  const here = now.ticket?.number ?? "";
  const mine = doing.then(() => perform([verbs].flat(), { ...body, here }));
  doing = mine.catch(() => {});
  return mine;
}

/** Does verbs one after another; a refusal ends the row. The keys wait for the answer. */
async function perform(verbs, body) {
  busy = true;
  note(say("doing"));
  showKeys();
  const said = await answerTo(verbs, body);
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
      body.here = ""; // the first verb of several sees the customer off
    }
    hidePanel();
    return "";
  } catch (error) {
    return sentenceOf(error);
  } finally {
    clearTimeout(slow);
  }
}

async function showAnswers() {
  const number = now.ticket.number;
  try {
    const filled = await read(`${HERE}/filled?here=${number}`);
    looked = number;
    at("forms").replaceChildren(...(filled.length ? filled.map(paper) : [say("filled_nothing")]));
  } catch (error) {
    note(sentenceOf(error), "no");
  }
}

/** A filled form and what a teller does with it; whatever changes it reads it anew. */
function paper(form) {
  const tell = (text) => note(text, "no");
  return formCard(form, { path: `${HERE}/filled/${form.form}`, here: looked, again: showAnswers, tell });
}

// ---- keys and panels --------------------------------------------------------------------------------------------

/** Two verbs, so that the farewell stands even when nobody waits. */
const ending = (verb) => (now.state === "open" ? [verb, "next"] : [verb]);

function doNextThing() {
  if (now.next === "farewell") return act(ending("done"));
  return act(now.next === "intake" ? ending("intake") : now.next.replace("_", "-"));
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

let opened = ""; // the key that opened the panel

function openPanel(name) {
  opened = name;
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

/** The keyboard is back at the key that had opened it, so that the next letter is a shortcut again. */
function hidePanel() {
  if (at("panel").contains(document.activeElement)) at(opened).focus();
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
