// Relationship managers: who was referred and waits, and what came of those who were seen. Only a code is kept.

import { at, fill, make, minutesSince, named, say, sentenceOf, setClock, timeOf, write } from "./page.js";
import { follow, read, send } from "./wire.js";

const outcomes = JSON.parse(at("outcomes").textContent);
const pickUp = Number(document.querySelector("main").dataset.pickUp);

async function show() {
  const { at: now, referrals, desks } = await read("/api/referrals");
  setClock(now);
  fill(at("desks"), desks, deskTile);
  const waiting = referrals.filter((one) => !one.picked_at && one.state === "waiting").map((one) => ({ ...one, n: minutesSince(one.at) }));
  const seen = referrals.filter((one) => one.picked_at).reverse();
  write(at("waiting-count"), String(waiting.length));
  fill(at("waiting"), waiting, waitingRow);
  at("waiting").parentElement.hidden = waiting.length === 0;
  write(at("waiting-none"), waiting.length ? "" : say("nobody_referred"));
  fill(at("seen"), seen, seenRow);
  write(at("seen-none"), seen.length ? "" : say("nobody_seen"));
}

function deskTile({ number, name, state, shown }) {
  const link = make("a", { class: "tile", href: `/counter/${number}` });
  link.append(
    make("b", { class: "figure" }, String(number)),
    make("span", { class: "name" }, named(name)),
    make("span", { class: "state", "data-state": state }, shown || say(`state_${state}`)),
  );
  return make("li", {}, link);
}

function waitingRow({ shown, service_name: service, counter, teller, n }) {
  return make(
    "tr",
    n >= pickUp ? { class: "overdue" } : {},
    make("td", { class: "number" }, shown),
    make("td", {}, named(service)),
    make("td", {}, `${counter} · ${teller}`),
    make("td", { class: "right waited" }, say("minutes", { n })),
  );
}

function seenRow({ id, shown, service_name: service, picked_at: picked, outcome }) {
  const keys = Object.entries(outcomes).map(([code, names]) =>
    make("button", { type: "button", class: "key plain", "data-id": id, "data-outcome": code, "aria-pressed": String(code === outcome) }, named(names)),
  );
  return make(
    "li",
    {},
    make("b", { class: "number" }, shown),
    make("span", { class: "name" }, named(service)),
    make("time", {}, timeOf(picked)),
    make("span", { class: "outcomes" }, ...keys),
  );
}

at("seen").addEventListener("click", async (event) => {
  const { id, outcome } = event.target.closest("[data-outcome]")?.dataset ?? {};
  if (!id) return;
  try {
    await send("POST", `/api/referrals/${id}/outcome`, { outcome });
    write(at("note"), "");
  } catch (error) {
    write(at("note"), sentenceOf(error));
  }
  look();
});

const look = follow(show);
