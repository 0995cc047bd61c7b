// Who may sign in, and as what.

import { at, dayWritten, fill, instead, make, say, sentenceOf, write } from "./page.js";
import { follow, read, send } from "./wire.js";

const form = at("editor");
let editing = ""; // whose rights are being changed; empty for somebody new

const look = follow(async () => {
  const people = await read("/api/people");
  write(at("people-count"), String(people.filter((person) => !person.left_at).length));
  fill(at("people"), people, personRow);
  const machines = await read("/api/machines");
  write(at("machines-none"), machines.length ? "" : say("machines_none"));
  fill(at("machines"), machines, machineRow);
});

/** A browser that is a counter's own. */
function machineRow({ counter, by, at: since }) {
  const key = make("button", { type: "button", class: "quiet" }, say("free_machine"));
  key.addEventListener("click", () => tell(send("DELETE", `/api/machines/${counter}`)));
  return make(
    "tr",
    { "data-machine": counter },
    make("td", { class: "shown" }, say("machine_of", { n: counter })),
    make("td", {}, `${by} · ${dayWritten(since.slice(0, 10))}`),
    make("td", { class: "right" }, key),
  );
}

function personRow(person) {
  const { name, shown, roles, qualifications, left_at: gone } = person;
  const key = (id, word) => make("button", { type: "button", class: "quiet", [`data-${id}`]: name }, say(word));
  const keys = gone ? [] : [key("change", "change"), key("reset", "new_pin"), key("leave", "see_off")];
  const row = make(
    "tr",
    { class: gone ? "gone" : "", "data-name": name },
    make("td", { class: "shown" }, shown),
    make("td", {}, name),
    make("td", {}, roles.map((role) => say(`role_${role}`)).join(" · ")),
    make("td", {}, qualifications.join(", ")),
    make("td", { class: "state" }, condition(person)),
    make("td", { class: "right" }, ...keys),
  );
  row.querySelector("[data-change]")?.addEventListener("click", () => edit(person));
  return row;
}

function condition({ left_at: gone, locked_until: locked, fresh }) {
  if (gone) return say("has_left");
  if (locked && new Date(locked) > Date.now()) return say("is_locked");
  return fresh ? say("is_fresh") : "";
}

function edit({ name, shown, roles, qualifications }) {
  editing = name;
  write(at("editor-title"), say("change_person", { person: shown }));
  form.shown.value = shown;
  form.name.value = name;
  form.shown.disabled = form.name.disabled = true;
  for (const box of form.querySelectorAll("[name=roles]")) box.checked = roles.includes(box.value);
  form.qualifications.value = qualifications.join(", ");
  form.querySelector("[name=roles]").focus(); // on a narrow page the form stands below the list
}

function clear() {
  editing = "";
  write(at("editor-title"), say("add_person"));
  form.shown.disabled = form.name.disabled = false;
  form.reset();
}

const rights = () => ({
  roles: [...form.querySelectorAll("[name=roles]:checked")].map((box) => box.value),
  qualifications: form.qualifications.value.split(/[,，、\s]+/).filter(Boolean),
});

/** Does something and says how it went; a PIN is shown here once and kept nowhere. */
async function tell(doing) {
  try {
    const answer = await doing;
    clear();
    write(at("note"), answer?.pin ? say("pin_once", answer) : say("saved"));
  } catch (error) {
    write(at("note"), sentenceOf(error));
  }
  look();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (editing) return tell(send("PUT", `/api/people/${editing}`, rights()));
  return tell(send("POST", "/api/people", { name: form.name.value.trim(), shown: form.shown.value, ...rights() }));
});

at("cancel").addEventListener("click", clear);

at("people").addEventListener("click", (event) => {
  const { reset, leave } = event.target.dataset;
  if (reset) askFirst(event.target, "new_pin", () => send("POST", `/api/people/${reset}/reset`, {}));
  if (leave) askFirst(event.target, "see_off", () => send("DELETE", `/api/people/${leave}`));
});

/** Whoever is touched by accident could not sign in any more: the row asks first, in the place of its keys. */
function askFirst(key, word, act) {
  const yes = make("button", { type: "button", class: "key plain" }, say(word));
  const away = make("button", { type: "button", class: "quiet" }, say("never_mind"));
  const person = key.closest("tr").querySelector(".shown").textContent;
  const question = make("span", {}, make("span", { class: "really" }, say(`${word}_really`, { person })), yes, away);
  const back = instead(key.closest("td"), question);
  yes.addEventListener("click", () => {
    back();
    tell(act());
  });
  away.addEventListener("click", back);
  away.focus();
}

at("bind").addEventListener("submit", (event) => {
  event.preventDefault();
  tell(send("POST", "/api/machines", { counter: Number(event.target.counter.value) }));
});
