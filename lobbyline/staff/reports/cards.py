"""A report as cards: each a picture, and under it the table it was drawn from; or a sentence where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.calendar import day_written
from lobbyline.lobby.report.report import STEPS, Report, Work
from lobbyline.lobby.report.trend import Stretch
from lobbyline.lobby.report.waits import BIN, BINS, Waits
from lobbyline.staff.reports.charts import Bar, bars, columns
from lobbyline.staff.reports.written import figures, hundredths, lasted, number, percent, whole

Words = Mapping[str, str]
Row = Sequence[str | date]
CLASSES = ("quick", "forms", "settlement", "advice", "triage", "gone")
CHANNELS = ("counter", "advice", "lobby", "machine")
MONTH = 10  # more days than this are drawn as columns
FEW = 2  # months that are no trend yet
GRAVEST = 8  # kinds of alerts that are drawn; the table has all


@dataclass(frozen=True)
class Card:
    """One thing that is told: its picture, its table, and a sentence where figures need one, or there are none."""

    key: str
    title: str
    picture: Markup
    head: list[str]
    rows: Sequence[Row]
    note: str = ""


@dataclass(frozen=True)
class Cards:
    """The cards of one report, in one language."""

    report: Report
    branch: Branch
    words: Words
    calendar: Words
    language: str

    def all(self) -> list[Card]:
        """Everything, the most asked first."""
        return list(self._cards())

    def _cards(self) -> Iterator[Card]:
        yield self._distribution()
        yield self._hours()
        yield self._classes()
        if self.branch.standards:
            yield self._standards()
        yield self._accuracy()
        yield self._counters()
        yield self._use()
        yield self._steps()
        yield self._vain()
        yield self._channels()
        yield self._ratings()
        yield self._segments()
        if any(counter.advises for counter in self.branch.counters):
            yield self._referrals()
        if self.branch.complaints.kinds:
            yield self._complaints()
        yield self._care()
        if len(self.report.days) > 1:
            yield self._days()
        if len(self.report.months) > FEW:
            yield self._months()

    # Waits

    def _distribution(self) -> Card:
        counts, people = self.report.distribution, max(self.report.waits.people, 1)
        rows = [
            Bar(f"{place * BIN}", count, hundredths(count / people), quiet=place * BIN < 20)
            for place, count in enumerate(counts)
        ]
        table = [[self._span(place), str(count), percent(count / people)] for place, count in enumerate(counts)]
        head = [self.words["minutes"], self.words["people"], self.words["share"]]
        picture, some = columns(rows, self.words["distribution"]), self.report.waits.people
        return self._card("distribution", picture, head, table, self.words["distribution_note"], some=some)

    def _span(self, place: int) -> str:
        return f"{place * BIN}–{(place + 1) * BIN}" if place < BINS - 1 else f"{place * BIN}+"

    def _hours(self) -> Card:
        found = self.report.hours
        rows = [Bar(f"{hour}", one.mean, number(one.mean), one.p90) for hour, one in found.items()]
        table = [[f"{hour}:00", *figures(one)] for hour, one in found.items()]
        return self._waits("hours", columns(rows, self.words["hours"]), table, self.words["hours_note"])

    def _classes(self) -> Card:
        found = self.report.classes
        return self._groups(
            "classes", [(self.words[f"class_{name}"], found[name]) for name in CLASSES if name in found]
        )

    def _standards(self) -> Card:
        """What was promised for each class, and what was kept; the stroke is the promise."""
        words, promised = self.words, self.branch.standards
        found = [(name, one, self.report.kept[name]) for name, one in promised.items() if name in self.report.kept]
        rows = [Bar(words[f"class_{name}"], was, percent(was), one.share / 100) for name, one, was in found]
        table = [
            [words[f"class_{name}"], f"≤ {whole(one.minutes)}", percent(one.share / 100), percent(was)]
            for name, one, was in found
        ]
        head = ["", words["within"], words["promised"], words["kept"]]
        return self._card("standards", bars(rows, words["standards"], most=1), head, table)

    def _accuracy(self) -> Card:
        """Whether the waits that were told with the numbers came true."""
        words, accuracy = self.words, self.report.accuracy
        found = [(words[f"class_{name}"], accuracy[name]) for name in CLASSES if name in accuracy]
        rows = [Bar(name, one.held, percent(one.held), beside=number(one.median)) for name, one in found]
        table = [[name, str(one.people), number(one.median), number(one.p90), percent(one.held)] for name, one in found]
        head = ["", words["people"], words["error_median"], words["error_p90"], words["held_true"]]
        return self._card("accuracy", bars(rows, words["accuracy"], most=1), head, table, words["accuracy_note"])

    def _segments(self) -> Card:
        known, found = self.branch.segments, self.report.segments
        named = [(known[name].name.say(self.language), one) for name, one in found.items() if name in known]
        return self._groups("segments", named)

    def _counters(self) -> Card:
        works = [work for work in self.report.works if work.waits.people]
        return self._groups("counters", [(self._counter(work.counter), work.waits) for work in works])

    def _groups(self, key: str, found: list[tuple[str, Waits]]) -> Card:
        """The waits of some groups: means as bars, P90 as strokes."""
        rows = [Bar(name, one.mean, number(one.mean), one.p90, beside=whole(one.p90)) for name, one in found]
        return self._waits(key, bars(rows, self.words[key]), [[name, *figures(one)] for name, one in found])

    def _waits(self, key: str, picture: Markup, rows: Sequence[Row], note: str = "") -> Card:
        words = self.words
        head = ["", words["people"], words["mean"], "P50", "P90", *(f">{limit}" for limit in (10, 20, 30))]
        return self._card(key, picture, head, rows, note)

    # What the service was like

    def _use(self) -> Card:
        """How busy each counter was while it was open; and what was lost while somebody waited."""
        words, works = self.words, [work for work in self.report.works if work.use.open]
        rows = [
            Bar(self._counter(work.counter), work.use.busy, percent(work.use.busy), beside=lasted(work.use.open, words))
            for work in works
        ]
        table = [self._used(work) for work in works]
        head = ["", *(words[name] for name in ("open", "transaction", "advice", "idle", "busy", "each"))]
        return self._card("use", bars(rows, words["use"], most=1), head, table, self._used_for())

    def _used(self, work: Work) -> Row:
        use = work.use
        minutes = (use.open, use.transaction, use.advice, use.idle)
        figures = (whole(value) for value in minutes)
        return [self._counter(work.counter), *figures, percent(use.busy), number(work.served.p50)]

    def _used_for(self) -> str:
        """What all counters' minutes went to: the trend from booking to advice."""
        use = self.report.use
        facts = {"transaction": use.transaction, "advice": use.advice, "free": use.free, "idle": use.idle}
        return self.words["use_note"].format(**{name: lasted(value, self.words) for name, value in facts.items()})

    def _steps(self) -> Card:
        found = [(self.words[f"step_{name}"], self.report.steps[name]) for name in STEPS]
        rows = [Bar(name, one.mean, number(one.mean), one.p90, beside=number(one.p90)) for name, one in found]
        table = [[name, str(one.people), number(one.mean), number(one.p50), number(one.p90)] for name, one in found]
        head = ["", self.words["people"], self.words["mean"], "P50", "P90"]
        some = any(one.people for _, one in found)
        note = self.words["steps_note"].format(share=percent(self.report.at_once))
        return self._card("steps", bars(rows, self.words["steps"]), head, table, note, some=some)

    def _vain(self) -> Card:
        vain, review, words = self.report.vain, self.report.review, self.words
        table = [
            [words["wrong_line"], str(vain.wrong_line), lasted(vain.wrong_minutes, words)],
            [words["not_ready"], str(vain.not_ready), percent(vain.not_ready_share)],
            [words["rework"], "", percent(self.report.rework)],
            [words["handed_in"], str(review.people), lasted(review.mean, words)],
        ]
        shares = [
            ("prefilled", self.report.prefilled),
            ("not_ready", vain.not_ready_share),
            ("rework", self.report.rework),
        ]
        rows = [Bar(words[name], share, percent(share), quiet=name != "prefilled") for name, share in shares]
        some = vain.needing or vain.wrong_line or review.people
        lost, each = lasted(vain.wrong_minutes, words), lasted(review.mean, words)
        note = words["vain_note"].format(wrong=vain.wrong_line, lost=lost, reviewed=review.people, each=each)
        return self._card("vain", bars(rows, words["vain"], most=1), ["", words["count"], ""], table, note, some=some)

    def _channels(self) -> Card:
        found = [(self.words[f"channel_{name}"], self.report.channels[name]) for name in CHANNELS]
        return self._counted("channels", found)

    def _ratings(self) -> Card:
        given, words = self.report.satisfaction, self.words
        found = [(words[f"rating_{level}"], count) for level, count in given.levels.items()]
        note = words["rating_note"].format(rate=percent(given.rate), asked=given.asked, mean=number(given.mean))
        return self._counted("ratings", found, note)

    def _referrals(self) -> Card:
        advised, outcomes = self.report.advised, self.branch.advice.outcomes
        found = [(text.say(self.language), advised.outcomes.get(code, 0)) for code, text in outcomes.items()]
        rate = number(100 * advised.referred / max(self.report.drawn, 1))
        facts = {"count": advised.referred, "rate": rate, "pick_up": number(advised.pick_up), "late": advised.late}
        note = self.words["referral_note"].format(**facts)
        return self._counted("referrals", found, note, some=advised.referred)

    def _complaints(self) -> Card:
        """What people were unhappy about, beside how many came."""
        kinds, counted = self.branch.complaints.kinds, self.report.complaints
        found = [(text.say(self.language), counted.get(code, 0)) for code, text in kinds.items()]
        rate = whole(1000 * sum(counted.values()) / max(self.report.drawn, 1))
        return self._counted("complaints", found, self.words["complaints_note"].format(rate=rate))

    def _care(self) -> Card:
        found = self.report.care
        rows = [Bar(self._alert(one.kind), one.raised, str(one.raised)) for one in found[:GRAVEST]]
        table = [[self._alert(one.kind), str(one.raised), str(one.taken), whole(one.seconds)] for one in found]
        head = ["", self.words["raised"], self.words["taken"], self.words["seconds"]]
        return self._card("care", bars(rows, self.words["care"]), head, table)

    def _days(self) -> Card:
        days, few = self.report.days, len(self.report.days) <= MONTH
        rows = [
            Bar(
                day_written(day.first, self.calendar, "short"),
                day.waits.mean,
                number(day.waits.mean) if few else "",
                day.waits.p90,
            )
            for day in days
        ]
        table: list[Row] = [[one.first, *self._trend(one)] for one in days]
        return self._card("days", columns(rows, self.words["days"]), self._trend_head("day"), table)

    def _months(self) -> Card:
        """From booking to advice: which share of the minutes with customers was advice, month by month."""
        named = [(day_written(one.first, self.calendar, "month"), one) for one in self.report.months]
        rows = [Bar(name, one.advised, percent(one.advised), beside=number(one.referred_of_100)) for name, one in named]
        table = [[name, *self._trend(one), percent(one.advised), number(one.referred_of_100)] for name, one in named]
        head = [*self._trend_head("month"), self.words["advised"], self.words["referred_of_100"]]
        return self._card("months", bars(rows, self.words["months"]), head, table, self.words["months_note"])

    def _trend_head(self, first: str) -> list[str]:
        words = self.words
        head = [words[first], words["people"], words["mean"], "P50", "P90", ">10", ">20", ">30"]
        return [*head, words["gone"], words["transaction"], words["advice"]]

    def _trend(self, one: Stretch) -> list[str]:
        used = (one.transaction, one.advice)
        return [str(one.people), *figures(one.waits)[1:], percent(one.left), *(whole(minutes) for minutes in used)]

    def _counted(self, key: str, found: list[tuple[str, int]], note: str = "", some: object = None) -> Card:
        """How often each of some things was: figures, and beside them shares."""
        total = sum(count for _, count in found)
        shares = [percent(count / total) if count else "" for _, count in found]
        rows = [Bar(name, count, str(count), beside=share) for (name, count), share in zip(found, shares, strict=True)]
        table = [[name, str(count), share or "0%"] for (name, count), share in zip(found, shares, strict=True)]
        head = ["", self.words["count"], self.words["share"]]
        return self._card(key, bars(rows, self.words[key]), head, table, note, some=total if some is None else some)

    def _card(
        self, key: str, picture: Markup, head: list[str], rows: Sequence[Row], note: str = "", *, some: object = True
    ) -> Card:
        """A card; where there is nothing to draw it says so."""
        if rows and some:
            return Card(key, self.words[key], picture, head, rows, note)
        nothing = self.words.get(f"nothing_{key}", self.words["nothing_called"])
        return Card(key, self.words[key], Markup(), head, [], nothing)

    def _alert(self, kind: str) -> str:
        return self.words.get(f"alert_{kind}", kind)

    def _counter(self, counter: int) -> str:
        found = self.branch.counter(counter)
        return f"{counter} {found.name.say(self.language)}" if found else str(counter)
