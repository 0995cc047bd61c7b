"""A ticket as a receipt. Pure but for pictures: a slip, its layout and the printer's profile in, a receipt out.

Which lines there are says the layout; here fields get their words, and lines the largest size in which they fit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Feed, Line, Picture, Qr, Receipt, Rule, Text
from lobbyline.drivers.printers.typeset import columns
from lobbyline.kiosk.layout import LayoutLine, Sheet, places
from lobbyline.lobby.forms.form import Field, Form
from lobbyline.lobby.forms.masks import grouped, mask
from lobbyline.lobby.reception.outbox import Slip
from lobbyline.lobby.ticket import shown

Entry = Mapping[str, str]

TIGHT = 2  # dots between rows that belong together
NARROW = str.maketrans("–", "-")  # printers have the dash as wide as a hanzi only

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """Everything a layout may ask for."""

    slip: Slip
    copy: int = 0
    form: Mapping[str, str] = field(default_factory=dict)  # the form's name by language
    answers: Sequence[Entry] = ()  # label, value, and both by language: "label:en"

    def say(self, name: str, language: str) -> str:
        """A field in words; empty when it says nothing, or not in this language."""
        if name == "form":
            return self.form.get(language or next(iter(self.form), ""), "")
        if name in ("branch", "service", "wait", "zone"):
            return str(self._texts(language).get(name, ""))
        if name == "counters":
            return counted(self.slip.counters, str(self._texts(language).get("between", "、")))
        return self._plain(name)

    def entries(self, each: str) -> list[Entry]:
        """The entries of a list; those in other languages under `item:en`."""
        if each == "answers":
            return list(self.answers)
        spoken = {"": self._texts(""), **{language: self._texts(language) for language in self.slip.texts}}
        told = {language: list(texts.get(each, ())) for language, texts in spoken.items()}
        return [
            {f"item:{language}".rstrip(":"): lines[index] for language, lines in told.items() if index < len(lines)}
            for index in range(len(told[""]))
        ]

    def _plain(self, name: str) -> str:
        slip = self.slip
        return {
            "number": shown(slip.number),
            "copy": str(self.copy or ""),
            "ahead": str(slip.ahead or ""),
            "time": f"{slip.taken_at:%Y-%m-%d %H:%M:%S}",
            "token": slip.token,
            "version": slip.version,
            "bring": "bring" if self._texts("").get("bring") else "",
        }[name]

    def _texts(self, language: str) -> Mapping[str, str | list[str]]:
        """The words of a language; of the first one where none is named."""
        return self.slip.texts.get(language or next(iter(self.slip.texts), ""), {})


def kind(slip: Slip) -> str:
    """Which layout a slip wants."""
    return "prefill" if slip.form else "emergency" if slip.emergency else "elder" if slip.elder else "ordinary"


def trial(branch: str, printer: str, at: datetime) -> Receipt:
    """A paper that proves the printer after the roll was changed; it carries no number."""
    return Receipt(
        (
            Text(branch, align="centre"),
            Text("测试 / TEST", wide=3, high=3, align="centre", bold=True),
            Text(f"{printer} · {at:%Y-%m-%d %H:%M}", align="centre"),
        )
    )


def ticket(paper: Paper, sheet: Sheet, profile: Profile) -> Receipt:
    """The receipt of one paper; a copy above 0 says that it is a reprint."""
    return Receipt(tuple(made for line in sheet.lines for made in _lines(line, paper, sheet, profile)))


def answered(form: Form, answers: Mapping[str, str], between: Mapping[str, str]) -> list[Entry]:
    """What was filled in, in the order of the form and masked where others may read it, first in the first language.

    `between` has each language of the branch, with what stands between the parts of a list in it.
    """
    return [_entry(field, answers[name], between) for name, field in form.fields.items() if answers.get(name)]


def _entry(field: Field, answer: str, between: Mapping[str, str]) -> Entry:
    spoken = {"": next(iter(between)), **{f":{language}": language for language in between}}
    labels = {f"label{mark}": field.label.say(language) for mark, language in spoken.items()}
    values = {f"value{mark}": _value(field, answer, language, between) for mark, language in spoken.items()}
    return labels | values


def _value(field: Field, answer: str, language: str, between: Mapping[str, str]) -> str:
    chosen = [text.say(language) for choice, text in field.choices.items() if choice in answer.split(",")]
    return between[language].join(chosen) or mask(field.kind, answer) or grouped(field.kind, answer)


def _lines(line: LayoutLine, paper: Paper, sheet: Sheet, profile: Profile) -> Iterator[Line]:
    if (line.when and not paper.say(line.when, "")) or (line.unless and paper.say(line.unless, "")):
        return
    if line.language and line.language not in paper.slip.texts:
        return
    below = profile.in_dots(line.below)
    if line.feed:
        yield Feed(profile.in_dots(line.feed))
    elif line.rule:
        yield Rule(leading=below)
    elif line.picture:
        yield from _picture(line, sheet, profile)
    elif line.qr:
        yield Qr(filled(line.qr, paper, {}), line.module, line.align)
    elif line.each:
        yield from _entries(line, paper, profile)
    else:
        yield from _row(line, paper, {}, "", profile)


def _entries(line: LayoutLine, paper: Paper, profile: Profile) -> Iterator[Line]:
    for index, entry in enumerate(paper.entries(line.each)[: line.most]):
        yield from _row(line, paper, entry, line.first if index == 0 else " " * columns(line.first), profile)


def _row(line: LayoutLine, paper: Paper, entry: Entry, head: str, profile: Profile) -> Iterator[Line]:
    """The parts in one line; each in a line of its own where that is too narrow."""
    parts = [words for words in (filled(part, paper, entry) for part in line.text) if words]
    if not parts:
        return
    if line.apart and len(parts) > 1:
        yield from _apart(line, parts, profile)
        return
    together = head + line.joint.join(parts)
    alone = len(parts) == 1 or _fits(together, line.size, profile)
    hang = line.hang + columns(head)
    for words in [together] if alone else [head + parts[0], *(" " * columns(head) + part for part in parts[1:])]:
        size = _largest(words, line.size, (line.smallest or line.size) if alone else 1, profile)
        yield Text(words, size, size, line.align, line.bold, profile.in_dots(line.below), hang)


def _apart(line: LayoutLine, parts: list[str], profile: Profile) -> Iterator[Line]:
    """The last part at the right edge: behind the others where there is room, else in a row of its own."""
    *heads, last = parts
    room = profile.columns // line.size
    rows = [together] if columns(together := line.joint.join(heads)) <= room else heads
    gap = room - columns(rows[-1]) - columns(last)
    if gap >= len(line.joint):
        rows[-1] += " " * gap + last
    else:
        rows.append(" " * max(0, room - columns(last)) + last)
    for row in rows[:-1]:
        yield Text(row, line.size, line.size, "left", line.bold, TIGHT, line.hang)
    yield Text(rows[-1], line.size, line.size, "left", line.bold, profile.in_dots(line.below), line.hang)


def filled(words: str, paper: Paper, entry: Entry) -> str:
    """The words with their fields; nothing at all when one of the fields says nothing."""
    said = {
        (name, language): entry.get(f"{name}:{language}".rstrip(":"), "")
        if name in ("item", "label", "value")
        else paper.say(name, language)
        for name, language in places(words)
    }
    if not all(said.values()):
        return ""
    return "".join(
        before + (said[name, language or ""] if name is not None else "")
        for before, name, language, _ in Formatter().parse(words)
    ).translate(NARROW)


def _largest(words: str, size: int, smallest: int, profile: Profile) -> int:
    """The largest size in which the words stay in one row; the smallest allowed when there is none."""
    return next((smaller for smaller in range(size, smallest, -1) if _fits(words, smaller, profile)), smallest)


def _fits(words: str, size: int, profile: Profile) -> bool:
    return columns(words) * size <= profile.columns


def _picture(line: LayoutLine, sheet: Sheet, profile: Profile) -> Iterator[Picture]:
    """The picture; a damaged one is left out rather than the customer's ticket."""
    from lobbyline.drivers.printers.drawing import picture_of  # drawing is loaded by the press alone, and late

    high, below = profile.in_dots(line.height_mm), profile.in_dots(line.below)
    try:
        yield picture_of(sheet.picture(line), high, profile.dots, line.align, below)
    except DeviceError as error:
        log.warning("%s", error)


def counted(counters: Sequence[int], between: str) -> str:
    """Counters in order, four or more in a row as a range: "1、3–7"."""
    runs: list[list[int]] = []
    for counter in sorted(counters):
        if runs and counter == runs[-1][-1] + 1:
            runs[-1].append(counter)
        else:
            runs.append([counter])
    named = [[f"{run[0]}–{run[-1]}"] if len(run) > 3 else map(str, run) for run in runs]
    return between.join(name for names in named for name in names)
