// A form that the customer filled in: read, copied field by field, put right, agreed on, printed at the desk.

import { make, named, say, sentenceOf } from "./page.js";
import { send } from "./wire.js";

/** One form as a card of the customer `here`; `again` reads it anew after a change, `tell` says what went wrong. */
export function formCard(form, doing) {
  const card = make("section", { class: "paper", "data-form": form.form });
  card.append(head(form), form.agreed ? "" : make("p", { class: "told" }, say("agree_why")), fields(form, doing.tell));
  card.append(keys(form, card, doing));
  return card;
}

function head({ title, agreed }) {
  const mark = make("span", { class: "mark" }, agreed ? say("agreed") : "");
  return make("h3", {}, make("span", {}, named(title)), mark);
}

function fields({ fields: lines }, tell) {
  return make("dl", {}, ...lines.flatMap((line) => row(line, tell)));
}

function row({ label, value, raw }, tell) {
  const copy = make("button", { type: "button", class: "quiet copy", "aria-label": say("copy_of", { label: named(label) }) }, say("copy"));
  copy.addEventListener("click", () => copied(raw, copy).catch(() => tell(say("copy_not"))));
  return [make("dt", {}, named(label)), make("dd", {}, make("span", {}, named(value)), copy)];
}

/** Into the bank's own program; where the browser has no clipboard (plain HTTP), the old way. */
async function copied(text, key) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyTheOldWay(text);
  key.textContent = say("copied");
  setTimeout(() => (key.textContent = say("copy")), 1200);
}

function copyTheOldWay(text) {
  const field = make("textarea", { class: "away" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("no clipboard");
}

function keys(form, card, doing) {
  const key = (word, press) => {
    const made = make("button", { type: "button", class: "key plain", "data-do": word }, say(word));
    made.addEventListener("click", press);
    return made;
  };
  const agree = key("agree", () => attempt(form, doing));
  const change = key("put_right", () => openEditor(card, form, doing));
  const print = key("print", () => printed(card));
  return make("div", { class: "row" }, ...(form.agreed ? [] : [agree]), change, print);
}

/** Only the one form goes to the desk's printer. */
function printed(card) {
  card.classList.add("printed");
  window.print();
  card.classList.remove("printed");
}

async function attempt(form, doing) {
  try {
    await send("POST", `${doing.path}/agree`, { here: doing.here });
    await anew(form, doing);
  } catch (error) {
    doing.tell(sentenceOf(error));
  }
}

/** All forms are read again; the keyboard is back at this one. */
async function anew({ form }, { again }) {
  await again();
  document.querySelector(`[data-form="${form}"] [data-do=put_right]`)?.focus();
}

// ---- putting right ------------------------------------------------------------------------------------------------

function openEditor(card, form, doing) {
  const made = editor(form, doing);
  card.replaceWith(made);
  made.querySelector("[name]").focus();
}

function editor(form, doing) {
  const asked = form.fields.filter((line) => !line.derived);
  const save = make("button", { class: "key plain strong" }, say("save"));
  const away = make("button", { type: "button", class: "quiet" }, say("never_mind"));
  const card = make("form", { class: "paper edit", "data-form": form.form }, head(form), ...asked.map(field), make("div", { class: "row" }, save, away));
  away.addEventListener("click", () => anew(form, doing));
  card.addEventListener("keydown", ({ key }) => key === "Escape" && anew(form, doing));
  card.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(card, form, doing);
  });
  return card;
}

function field({ name, label, raw, choices }) {
  const id = `edit-${name}`;
  const options = Object.entries(choices);
  const about = { id, name, "aria-describedby": `${id}-error` };
  const input = options.length ? make("select", about, ...options.map(([value, text]) => make("option", { value }, named(text)))) : make("input", { ...about, maxlength: 500, autocomplete: "off" });
  input.value = raw;
  return make("div", { class: "line" }, make("label", { for: id }, named(label)), input, make("p", { class: "error", id: `${id}-error`, "data-error": name }));
}

async function keep(card, form, doing) {
  const inputs = [...card.querySelectorAll("[name]")];
  const typed = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
  try {
    const { ok, errors } = await send("PUT", doing.path, { answers: typed, here: doing.here });
    if (ok) return anew(form, doing);
    for (const input of inputs) {
      input.setAttribute("aria-invalid", String(input.name in errors));
      card.querySelector(`[data-error="${input.name}"]`).textContent = errors[input.name] ?? "";
    }
    card.querySelector("[aria-invalid=true]")?.focus();
    const elsewhere = Object.entries(errors).filter(([name]) => !(name in typed));
    if (elsewhere.length) doing.tell(elsewhere.map(([, sentence]) => sentence).join(" "));
  } catch (error) {
    doing.tell(sentenceOf(error));
  }
}
