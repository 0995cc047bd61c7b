// The foot of the lobby page: what may be done for whoever was chosen in the list, and the questions that go before it.

import { unchoose } from "./lobby_line.js";
import { at, named, write } from "./page.js";

const MAY = {
  waiting: ["move", "care", "reprint", "leave", "void"],
  missed: ["restore", "reprint", "leave", "void"],
  held: ["restore", "move", "leave", "void"],
};
const questions = document.querySelectorAll("#chosen form");

let here = null; // whose keys these are

/** What may be done with a ticket; without one the foot is free for others. */
export function showChosen(ticket) {
  at("chosen").hidden = !ticket;
  if (ticket?.number !== here?.number) ask("");
  here = ticket;
  if (!ticket) return;
  write(at("chosen-number"), ticket.shown);
  write(at("chosen-service"), named(ticket.service_name));
  at("chosen-life").href = `/reports/number?number=${ticket.number}`;
  const may = MAY[ticket.state] ?? [];
  for (const key of at("touches").querySelectorAll("[data-do], [data-ask]")) {
    const verb = key.dataset.do ?? key.dataset.ask;
    key.hidden = !may.includes(verb) || (verb === "care" && ticket.segment === "care");
  }
}

/** Opens the question of a key, or closes it again; what was refused before is over. */
function ask(verb) {
  write(at("chosen-note"), "");
  at("touches").hidden = verb !== "";
  for (const form of questions) {
    form.hidden = form.dataset.verb !== verb;
    if (form.hidden) continue;
    form.reset();
    form.querySelector("select, input").focus();
  }
}

/** `change` is told what is wished: for which ticket, the verb, and what goes with it. */
export function onWish(change) {
  at("touches").addEventListener("click", (event) => {
    const { do: verb, ask: question } = event.target.closest("button")?.dataset ?? {};
    if (question) ask(question);
    if (verb) change(here, verb, {});
  });
  for (const form of questions) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      change(here, form.dataset.verb, Object.fromEntries(new FormData(form)));
    });
  }
}

at("unchoose").addEventListener("click", unchoose);
at("chosen").addEventListener("keydown", ({ key }) => {
  if (key === "Escape") unchoose();
});
for (const back of document.querySelectorAll("[data-back]")) back.addEventListener("click", () => ask(""));
