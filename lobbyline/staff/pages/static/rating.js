// A rating pad: asks whenever a visit has ended at its counter, thanks, and rests. Nobody is signed in here.

import { at, say, sentenceOf, write } from "./page.js";
import { read, send } from "./wire.js";

const LOOK_MS = 1000;
const THANKS_MS = 4000;

let visit = 0; // whom the pad asks
let thanked = 0; // until when it thanks

function show({ visit: asked, level }) {
  const thanking = Date.now() < thanked;
  visit = asked && !level && !thanking ? asked : 0;
  at("levels").hidden = !visit;
  at("pad").dataset.now = visit ? "asks" : thanking ? "thanks" : "rests";
  write(at("question"), say(visit ? "rating_question" : thanking ? "rating_thanks" : "rating_rest"));
}

async function look() {
  try {
    show(await read("/api/rating"));
    at("link").hidden = true;
  } catch (error) {
    write(at("link"), sentenceOf(error));
    at("link").hidden = false;
  }
}

/** The first press counts; whether or not it was in time the customer is thanked. */
async function press(level) {
  if (!visit) return;
  const asked = visit;
  thanked = Date.now() + THANKS_MS;
  show({ visit: 0, level: 0 });
  try {
    await send("POST", "/api/rating", { visit: asked, level });
  } catch (error) {
    sentenceOf(error); // too late or not heard: nothing that a customer should read
  }
}

at("levels")?.addEventListener("click", (event) => press(Number(event.target.closest("[data-level]")?.dataset.level ?? 0)));

at("bind")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await send("POST", "/api/pad", { counter: Number(event.target.counter.value) });
    location.reload();
  } catch (error) {
    write(at("note"), sentenceOf(error));
  }
});

if (at("pad").dataset.counter) {
  look();
  setInterval(look, LOOK_MS);
}
