"""A report as cards: each a picture, and under it the table that the picture was drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.report.days import STEPS, DayLine, Report
from lobbyline.lobby.report.waits import BIN, BINS, Waits
from lobbyline.staff.charts import Bar, bars, columns, stack

Words = Mapping[str, str]
Row = list[str]
CLASSES = ("quick", "forms", "settlement", "advice", "triage", "gone")
CHANNELS = ("counter", "advice", "lobby", "machine")
MONTH = 10  # more days than this are drawn as columns


@dataclass(frozen=True)
class Card:
    """One thing that is told: its picture, its table, and a sentence where figures need one."""

    key: str
    title: str
    picture: Markup
    head: Row
    rows: list[Row]
    note: str = ""


@dataclass(frozen=True)
class Teller:
    """Tells a report in one language."""

    report: Report
    branch: Branch
    words: Words
    language: str
    alert: Callable[[str], str]  # the short name of a kind of alert

    def cards(self) -> list[Card]:
        """Everything, the most asked first."""
        return list(self._cards())

    def _cards(self) -> Iterator[Card]:
        yield self._distribution()
        yield self._hours()
        yield self._classes()
        if self.report.kept:
            yield self._standards()
        yield self._counters()
        yield self._steps()
        yield self._vain()
        yield self._channels()
        yield self._ratings()
        yield self._minutes()
        yield self._segments()
        if self.report.advised.referred:
            yield self._referrals()
        yield self._complaints()
        if self.report.care:
            yield self._care()
        if len(self.report.days) > 1:
            yield self._days()

    # Waits

    def _distribution(self) -> Card:
        names = [f"{place * BIN}" for place in range(BINS)]
        rows = [
            Bar(name, count, str(count) if count else "", quiet=place * BIN < 20)
            for place, (name, count) in enumerate(zip(names, self.report.distribution, strict=True))
        ]
        table = [
            [self._span(place), str(count), percent(count / max(self.report.waits.people, 1))]
            for place, count in enumerate(self.report.distribution)
        ]
        head = [self.words["minutes"], self.words["people"], self.words["share"]]
        return self._card("distribution", columns(rows, self.words["distribution"], 2), head, table)

    def _span(self, place: int) -> str:
        return f"{place * BIN}–{(place + 1) * BIN}" if place < BINS - 1 else f"{place * BIN}+"

    def _hours(self) -> Card:
        found = self.report.hours
        rows = [Bar(f"{hour}", one.mean, number(one.mean), one.p90) for hour, one in found.items()]
        table = [[f"{hour}:00", *figures(one)] for hour, one in found.items()]
        return self._waits("hours", columns(rows, self.words["hours"]), table)

    def _classes(self) -> Card:
        found = self.report.classes
        return self._groups(
            "classes", [(self.words[f"class_{name}"], found[name]) for name in CLASSES if name in found]
        )

    def _standards(self) -> Card:
        """What was promised for each class, and what was kept; the stroke is the promise."""
        words, promised = self.words, self.branch.standards
        found = [(name, one, self.report.kept[name]) for name, one in promised.items() if name in self.report.kept]
        rows = [Bar(words[f"class_{name}"], was * 100, percent(was), one.share) for name, one, was in found]
        table = [
            [words[f"class_{name}"], f"≤ {whole(one.minutes)}", percent(one.share / 100), percent(was)]
            for name, one, was in found
        ]
        head = ["", words["within"], words["promised"], words["kept"]]
        return self._card("standards", bars(rows, words["standards"]), head, table)

    def _segments(self) -> Card:
        known, found = self.branch.segments, self.report.segments
        named = [(known[name].name.say(self.language), one) for name, one in found.items() if name in known]
        return self._groups("segments", named)

    def _counters(self) -> Card:
        works = [work for work in self.report.works if work.served]
        return self._groups("counters", [(self._counter(work.counter), work.waits) for work in works])

    def _groups(self, key: str, found: list[tuple[str, Waits]]) -> Card:
        """The waits of some groups: means as bars, P90 as strokes."""
        rows = [Bar(name, one.mean, f"{number(one.mean)} · {whole(one.p90)}", one.p90) for name, one in found]
        return self._waits(key, bars(rows, self.words[key]), [[name, *figures(one)] for name, one in found])

    def _waits(self, key: str, picture: Markup, rows: list[Row]) -> Card:
        words = self.words
        head = ["", words["people"], words["mean"], "P50", "P90", *(f">{limit}" for limit in (10, 20, 30))]
        return self._card(key, picture, head, rows)

    # What the service was like

    def _steps(self) -> Card:
        found = [(self.words[f"step_{name}"], self.report.steps[name]) for name in STEPS]
        parts = [Bar(name, one.mean, number(one.mean)) for name, one in found]
        table = [[name, str(one.people), number(one.mean), number(one.p50), number(one.p90)] for name, one in found]
        head = ["", self.words["people"], self.words["mean"], "P50", "P90"]
        return self._card("steps", stack(parts, self.words["steps"]), head, table)

    def _vain(self) -> Card:
        vain, words = self.report.vain, self.words
        table = [
            [words["wrong_line"], str(vain.wrong_line), f"{number(vain.wrong_minutes)} {words['minutes']}"],
            [words["not_ready"], str(vain.not_ready), percent(vain.not_ready_share)],
            [words["rework"], "", percent(self.report.rework)],
        ]
        rows = [
            Bar(words["prefilled"], self.report.prefilled * 100, percent(self.report.prefilled)),
            Bar(words["not_ready"], vain.not_ready_share * 100, percent(vain.not_ready_share), quiet=True),
            Bar(words["rework"], self.report.rework * 100, percent(self.report.rework), quiet=True),
        ]
        return self._card("vain", bars(rows, words["vain"]), ["", words["count"], ""], table)

    def _channels(self) -> Card:
        found = [(self.words[f"channel_{name}"], self.report.channels[name]) for name in CHANNELS]
        return self._counted("channels", found)

    def _ratings(self) -> Card:
        given, words = self.report.satisfaction, self.words
        found = [(words[f"rating_{level}"], count) for level, count in given.levels.items()]
        note = words["rating_note"].format(rate=percent(given.rate), asked=given.asked, mean=number(given.mean))
        return self._counted("ratings", found, note if given.asked else "")

    def _minutes(self) -> Card:
        """What the minutes of counters went to: the trend from booking to advice."""
        words, works = self.words, [work for work in self.report.works if work.use.open or work.served]
        transaction, advice = sum(work.use.transaction for work in works), sum(work.use.advice for work in works)
        idle = max(0.0, sum(work.use.open for work in works) - transaction - advice)
        parts = [("transaction", transaction), ("advice", advice), ("idle", idle)]
        picture = stack([Bar(words[name], value, whole(value)) for name, value in parts], words["counter_minutes"])
        table = [
            [
                self._counter(work.counter),
                whole(work.use.open),
                whole(work.use.transaction),
                whole(work.use.advice),
                percent(work.use.busy),
            ]
            for work in works
        ]
        head = ["", words["open"], words["transaction"], words["advice"], words["busy"]]
        return self._card("counter_minutes", picture, head, table)

    def _referrals(self) -> Card:
        advised, outcomes = self.report.advised, self.branch.advice.outcomes
        found = [(text.say(self.language), advised.outcomes.get(code, 0)) for code, text in outcomes.items()]
        rate = number(100 * advised.referred / max(self.report.drawn, 1))
        facts = {"count": advised.referred, "rate": rate, "pick_up": number(advised.pick_up), "late": advised.late}
        return self._counted("referrals", found, self.words["referral_note"].format(**facts))

    def _complaints(self) -> Card:
        """What people were unhappy about, beside how many came."""
        kinds, counted = self.branch.complaints.kinds, self.report.complaints
        found = [(text.say(self.language), counted.get(code, 0)) for code, text in kinds.items()]
        rate = whole(1000 * sum(counted.values()) / max(self.report.drawn, 1))
        return self._counted("complaints", found, self.words["complaints_note"].format(rate=rate))

    def _care(self) -> Card:
        found = self.report.care
        rows = [Bar(self.alert(one.kind), one.raised, str(one.raised)) for one in found[:8]]
        table = [[self.alert(one.kind), str(one.raised), str(one.taken), whole(one.seconds)] for one in found]
        head = ["", self.words["raised"], self.words["taken"], self.words["seconds"]]
        return self._card("care", bars(rows, self.words["care"]), head, table)

    def _days(self) -> Card:
        days, few = self.report.days, len(self.report.days) <= MONTH
        rows = [
            Bar(day.day[5:].replace("-", "/"), day.waits.mean, number(day.waits.mean) if few else "", day.waits.p90)
            for day in days
        ]
        table = [[one.day, str(one.people), *figures(one.waits)[1:], *self._trend(one)] for one in days]
        words = self.words
        head = [words["day"], words["people"], words["mean"], "P50", "P90", ">10", ">20", ">30"]
        head += [words["gone"], words["transaction"], words["advice"]]
        return self._card("days", columns(rows, words["days"], 1 + len(days) // 8), head, table)

    def _trend(self, day: DayLine) -> Row:
        return [percent(day.left), whole(day.transaction), whole(day.advice)]

    def _counted(self, key: str, found: list[tuple[str, int]], note: str = "") -> Card:
        total = sum(count for _, count in found)
        rows = [Bar(name, count, f"{count} · {percent(count / total)}" if total else "0") for name, count in found]
        table = [[name, str(count), percent(count / total) if total else "–"] for name, count in found]
        head = ["", self.words["count"], self.words["share"]]
        return self._card(key, bars(rows, self.words[key]), head, table, note)

    def _card(self, key: str, picture: Markup, head: Row, rows: list[Row], note: str = "") -> Card:
        return Card(key, self.words[key], picture, head, rows, note or self.words.get(f"{key}_note_always", ""))

    def _counter(self, counter: int) -> str:
        found = self.branch.counter(counter)
        return f"{counter} {found.name.say(self.language)}" if found else str(counter)


def figures(found: Waits) -> Row:
    over = [percent(share) for share in found.over]
    return [str(found.people), number(found.mean), number(found.p50), number(found.p90), *over]


def number(value: float) -> str:
    return f"{value:.1f}"


def whole(value: float) -> str:
    return f"{value:.0f}"


def percent(value: float) -> str:
    return f"{value:.0%}"
