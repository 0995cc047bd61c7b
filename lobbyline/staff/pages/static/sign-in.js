// Signing in, and coming back to a page that was locked meanwhile.

import { at, say, sentenceOf, write } from "./page.js";
import { read, send } from "./wire.js";

const form = at("sign-in");
let lockedFor = ""; // whose page it is

/** Where somebody wanted to go; only a place of ours. */
function destination() {
  const asked = new URLSearchParams(location.search).get("to") ?? "/";
  const there = new URL(asked, location.origin);
  return there.origin === location.origin ? there.pathname + there.search : "/";
}

async function begin() {
  const session = await read("/api/session").catch(() => null);
  if (!session) return;
  if (!session.locked) return location.replace(destination());
  lockedFor = session.name;
  write(at("greeting"), say("locked_for", { person: session.person }));
  form.name.value = session.name;
  form.name.readOnly = true;
  at("other").hidden = false;
  form.secret.focus();
}

async function signIn() {
  if (at("choose").hidden && lockedFor) return send("POST", "/api/session/unlock", { secret: form.secret.value });
  const said = { name: form.name.value.trim(), secret: form.secret.value };
  return send("POST", "/api/session", at("choose").hidden ? said : { ...said, new: form.new.value });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!at("choose").hidden && form.new.value !== form.again.value) return write(at("note"), say("not_the_same"));
  const button = form.querySelector(".strong");
  button.disabled = true;
  write(at("note"), say("doing"));
  try {
    await signIn();
    location.replace(destination());
  } catch (error) {
    button.disabled = false;
    if (error.code === "choose_secret") return chooseSecret();
    write(at("note"), sentenceOf(error));
    (at("choose").hidden ? form.secret : form.new).select();
  }
});

/** The first sign-in: a secret that nobody else knows. */
function chooseSecret() {
  write(at("note"), "");
  at("choose").hidden = false;
  form.new.required = form.again.required = true;
  form.new.focus();
}

at("other").addEventListener("click", async () => {
  await send("DELETE", "/api/session");
  location.reload();
});

begin();
