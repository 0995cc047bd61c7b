// Days as the page's language writes them, typed in any usual way or picked from a month.
// A day is its ISO text everywhere but under people's eyes.

import { data, dayWritten, make, MONTHS, now } from "./page.js";

const WORDS = data.calendar;
const FIRST = "2000-01-01";
const PACES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }; // days
const TURNS = { PageUp: -1, PageDown: 1 }; // months

const today = () => new Intl.DateTimeFormat("sv", { timeZone: data.zone }).format(now());

// ---- a day and its neighbours -----------------------------------------------------------------------------------

const partsOf = (day) => day.split("-").map(Number);
const dayAt = (year, month, date) => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
const lastOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const within = (day) => (day < FIRST ? FIRST : day > today() ? today() : day);

function daysOn(day, days) {
  const [year, month, date] = partsOf(day);
  return within(dayAt(year, month, date + days));
}

/** The same day of another month, or its last where it is shorter. */
function monthsOn(day, months) {
  const [year, month, date] = partsOf(day);
  return within(dayAt(year, month + months, Math.min(date, lastOf(year, month + months))));
}

// ---- read -------------------------------------------------------------------------------------------

/** The day that was typed, or "": the year first or last and in full, the month as a figure or by its name. */
function dayOf(text) {
  const figures = text.replace(/^\s*(\d{4})(\d\d)(\d\d)\s*$/, "$1-$2-$3").match(/\d+/g) ?? [];
  const names = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const named = MONTHS.findIndex((month) => names.some((name) => name.startsWith(month.toLowerCase())));
  if (named >= 0) figures.splice(1, 0, String(named + 1));
  if (figures.length !== 3) return "";
  const [year, month, date] = figures[0].length === 4 ? figures : figures.reverse();
  const day = [year, month.padStart(2, "0"), date.padStart(2, "0")].join("-");
  return year.length === 4 && Number(month) <= 12 && Number(date) <= 31 && day === dayAt(year, month, date) ? day : "";
}

/** What is wrong with a day, or "". */
function complaintOf(day) {
  if (!day || day < FIRST) return WORDS.unread.replace("{example}", dayWritten(today()));
  return day > today() ? WORDS.ahead : "";
}

// ---- a field ----------------------------------------------------------------------------------------------------

class DayField {
  constructor(field) {
    this.field = field;
    [this.typed, this.sent] = field.querySelectorAll("input");
    this.pick = field.querySelector(".pick");
    this.month = field.querySelector(".month");
    this.typed.addEventListener("input", () => this.read());
    this.typed.addEventListener("change", () => this.tidy());
    this.pick.addEventListener("click", () => (this.month.hidden ? this.open() : this.close()));
    this.month.addEventListener("click", ({ target }) => this.touch(target.closest("button")?.dataset ?? {}));
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("focusout", ({ relatedTarget: to }) => field.contains(to) || this.close());
  }

  /** What is typed is sent as soon as it is a day. */
  read() {
    const day = dayOf(this.typed.value);
    this.typed.setCustomValidity(complaintOf(day));
    if (this.typed.validity.valid) this.sent.value = day;
  }

  tidy() {
    if (this.typed.validity.valid) this.typed.value = dayWritten(this.sent.value);
  }

  choose(day) {
    this.typed.value = dayWritten(day);
    this.read();
    this.close();
    this.typed.focus();
  }

  open() {
    this.month.hidden = false;
    this.show(within(this.sent.value));
    this.month.classList.remove("leftward");
    this.month.classList.toggle("leftward", this.month.getBoundingClientRect().right > document.documentElement.clientWidth);
  }

  close() {
    this.month.hidden = true;
    this.pick.setAttribute("aria-expanded", "false");
  }

  /** The month of a day, which the keyboard stands on. */
  show(day) {
    this.at = day;
    this.pick.setAttribute("aria-expanded", "true");
    this.month.focus(); // a key that goes away under the keyboard would look like leaving the field
    this.month.replaceChildren(this.head(), this.days());
    this.month.querySelector(`[data-day="${day}"]`).focus();
  }

  head() {
    const turn = (months, word, sign) => make("button", { type: "button", class: "quiet", "data-turn": months, "aria-label": WORDS[word] }, sign);
    const name = make("b", {}, dayWritten(this.at, "month"));
    return make("span", { class: "head-of-month" }, turn(-1, "earlier", "‹"), name, turn(1, "later", "›"));
  }

  days() {
    const [year, month] = partsOf(this.at);
    const before = (new Date(this.at.slice(0, 7)).getUTCDay() + 6) % 7; // days of the week before the first, from Monday
    const names = WORDS.week.split(" ").map((name) => make("span", { class: "weekday", "aria-hidden": "true" }, name));
    const gap = Array.from({ length: before }, () => make("span"));
    const days = Array.from({ length: lastOf(year, month) }, (_, place) => this.key(dayAt(year, month, place + 1)));
    return make("span", { class: "days" }, ...names, ...gap, ...days);
  }

  key(day) {
    const key = make("button", { type: "button", "data-day": day, "aria-label": dayWritten(day), tabindex: day === this.at ? 0 : -1 }, String(partsOf(day)[2]));
    key.disabled = day > today();
    key.setAttribute("aria-pressed", String(day === this.sent.value));
    if (day === today()) key.setAttribute("aria-current", "date");
    return key;
  }

  touch({ day, turn }) {
    if (day) this.choose(day);
    if (turn) this.show(monthsOn(this.at, Number(turn)));
  }

  press(event) {
    const onDay = "day" in event.target.dataset;
    if (event.key === "Escape" && !this.month.hidden) {
      this.close();
      this.typed.focus();
    } else if (event.target === this.typed && event.key === "ArrowDown") this.open();
    else if (onDay && event.key in PACES) this.show(daysOn(this.at, PACES[event.key]));
    else if (onDay && event.key in TURNS) this.show(monthsOn(this.at, TURNS[event.key]));
    else return;
    event.preventDefault();
  }
}

for (const field of document.querySelectorAll(".day")) new DayField(field);
