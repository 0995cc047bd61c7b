// The second person's work: what is asked for, what is to review, and the register of blank vouchers.

import { at, data, fill, instead, make, minutesSince, named, say, sentenceOf, timeOf, write } from "./page.js";
import { follow, intend, read, send } from "./wire.js";

const LONG = 5; // minutes after which a hand-off has waited long

const look = follow(async () => {
  if (at("asked")) showAsked(await read("/api/authorisations"));
  if (at("papers")) showPapers(await read("/api/reviews"));
  if (at("stock")) showStock(await read("/api/vouchers"));
});

// ---- showing ------------------------------------------------------------------------------------------------------

function showList(name, items, row) {
  write(at(`${name}-count`), items.length ? String(items.length) : "");
  write(at(`${name}-none`), items.length ? "" : say(`${name}_none`));
  fill(at(name), items, row);
}

function showAsked(requests) {
  showList("asked", requests.map((one) => ({ ...one, n: minutesSince(one.asked_at) })), askedRow);
}

function askedRow({ ticket, counter, asked_by: by, asked_at: since, n }) {
  const path = `/api/authorisations/${ticket.number}`;
  const told = say("asked_by", { counter, person: by });
  return task(ticket, told, since, n, [
    key("grant", () => act(`${path}/grant`), "strong"),
    key("refuse", (row) => askWhy(row, "refuse_really", (reason) => act(`${path}/refuse`, { reason }))),
  ]);
}

function showPapers(papers) {
  showList("papers", papers.map((one) => ({ ...one, n: minutesSince(one.begun_at ?? one.handed_at) })), paperRow);
}

function paperRow({ ticket, maker, counter, reviewer, handed_at: handed, begun_at: begun, times_back: back, n }) {
  const path = `/api/reviews/${ticket.number}`;
  const told = [say("handed_by", { counter, person: maker }), reviewer && say("with", { person: reviewer }), back && say("times_back", { n: back })];
  const mine = [
    key("review_pass", () => act(`${path}/pass`), "strong"),
    key("review_return", (row) => askWhy(row, "return_really", (reason) => act(`${path}/return`, { reason }))),
  ];
  const another = [key("review_take_over", () => act(`${path}/take`, { over: reviewer }))];
  const nobodys = [key("review_take", () => act(`${path}/take`), "strong")];
  const keys = { [data.person]: mine, "": nobodys }[reviewer] ?? another;
  return task(ticket, told.filter(Boolean).join(" · "), begun ?? handed, n, keys);
}

/** One line of work: whose ticket, from where, for how long, and what can be done. One that asks why stays as it is. */
function task(ticket, told, since, n, keys) {
  const asking = document.querySelector(`.tasks [data-number="${ticket.number}"]:has(.why-not)`);
  if (asking) return asking;
  const row = make("li", { "data-number": ticket.number, class: n >= LONG ? "long" : "" });
  row.append(
    make("b", { class: "number" }, ticket.shown),
    make("span", { class: "service" }, named(ticket.service_name)),
    make("span", { class: "told" }, told),
    make("span", { class: "waited" }, say("since_time", { time: timeOf(since), n })),
    make("span", { class: "keys" }, ...keys.map((press) => press(row))),
  );
  return row;
}

const key = (word, press, kind = "") => (row) => {
  const made = make("button", { type: "button", class: `key plain ${kind}`, "data-do": word }, say(word));
  made.addEventListener("click", () => press(row));
  return made;
};

/** A no needs its reason: the row asks for it, or goes back to its keys. */
function askWhy(row, word, sendIt) {
  const reason = make("input", { name: "reason", maxlength: 200, required: "", "aria-label": say("why_not"), placeholder: say("why_not") });
  const away = make("button", { type: "button", class: "quiet" }, say("never_mind"));
  const form = make("form", { class: "why-not" }, reason, make("button", { class: "key plain" }, say(word)), away);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendIt(reason.value);
  });
  away.addEventListener("click", instead(row.querySelector(".keys"), form));
  reason.focus();
}

function showStock(stock) {
  at("stock").parentElement.hidden = stock.length === 0;
  write(at("stock-none"), stock.length ? "" : say("stock_none"));
  fill(at("stock"), stock, stockRow);
  const holders = [...new Set(["", ...stock.map(({ holder }) => holder)])];
  fill(at("holders"), holders, (holder) => make("option", { value: holder }, holder || say("vault")));
}

const signed = (gap) => (gap > 0 ? `+${gap}` : String(gap).replace("-", "−"));

function stockRow({ kind, holder, book, first, last, counted, gap }) {
  const serials = first ? `${first}–${last}` : "";
  return make(
    "tr",
    { class: gap ? "gap" : "" },
    make("td", {}, named(data.vouchers[kind] ?? { any: kind })),
    make("td", {}, holder || say("vault")),
    make("td", {}, serials),
    make("td", { class: "right" }, String(book)),
    make("td", { class: "right" }, counted === null ? "—" : String(counted)),
    make("td", { class: "right" }, gap === null ? say("not_counted") : signed(gap)),
  );
}

// ---- doing --------------------------------------------------------------------------------------------------------

let busy = false;

/** One wish at a time, under a key of its own. */
async function act(path, body = {}) {
  if (busy) return;
  busy = true;
  await tell(intend(path, body));
  busy = false;
}

/** Says how it went; whether it went well. */
async function tell(doing, done = () => tellNote("")) {
  tellNote(say("doing"));
  try {
    done(await doing);
    return true;
  } catch (error) {
    tellNote(sentenceOf(error), "no");
    return false;
  } finally {
    look();
  }
}

function tellNote(text, kind = "") {
  write(at("note"), text);
  at("note").dataset.kind = kind;
}

/** Both people sign: the one at this page, and the second with a secret that leaves the page at once. */
function register(form, path, body, done) {
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = { ...body(form), second: form.second.value.trim(), secret: form.secret.value };
    form.secret.value = "";
    if (await tell(send("POST", path(form), said), done)) form.reset();
  });
}

register(at("move"), (form) => `/api/vouchers/${form.move.value}`, ({ kind, first, last }) => ({ kind: kind.value, first: first.value, last: last.value }));
register(at("count"), () => "/api/vouchers/count", ({ kind, holder, counted }) => ({ kind: kind.value, holder: holder.value, counted: Number(counted.value) }), tellGap);

/** A gap is said where it was counted, and stays there until the next step. */
function tellGap({ counted, book, gap }) {
  if (gap) tellNote(say("count_gap", { counted, book, gap: signed(gap) }), "no");
  else tellNote(say("count_agrees", { counted }));
}
