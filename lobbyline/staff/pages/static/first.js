// The first account of all, made with the code that the program told its technician.

import { at, say, sentenceOf, write } from "./page.js";
import { send } from "./wire.js";

const form = at("first");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { code, shown, name, secret, again } = form;
  if (secret.value !== again.value) return write(at("note"), say("not_the_same"));
  try {
    const said = { code: code.value.trim(), shown: shown.value, name: name.value.trim(), secret: secret.value };
    await send("POST", "/api/first", said);
    location.replace("/sign-in");
  } catch (error) {
    write(at("note"), sentenceOf(error));
  }
});
