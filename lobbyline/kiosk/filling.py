"""What a touch makes of a form in the customer's hands: the next page or leaf, another field, other answers.

A page is a group of fields; a field with something to read has its leaves, turned by the same key as the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lobbyline.kiosk.inhand import OWN, READ, InHand


@dataclass(frozen=True)
class Filling(InHand):
    """One form being filled: a value that changes into the next one with each touch."""

    def begun(self) -> Filling:
        """At the first page on which something is left to do: what is known already is not asked again."""
        pages = [place for place, (_, names) in enumerate(self.pages) if self._todo(names)]
        return self.opened(pages[0] if pages else len(self.pages) - 1)

    def opened(self, page: int) -> Filling:
        """On another page, at its first field that is empty or wrong."""
        there = replace(self, page=max(0, min(page, len(self.pages) - 1)), active="", leaf=0)
        return replace(there, active=(there._todo(there.names) or there.names)[0]).looked()

    def onward(self) -> Filling:
        """After the key for going on: past the warning, the next leaf, the next page, or at what is wrong here."""
        if self.warning:
            return replace(self, warned=True)
        if self.leaf < len(self.leaves) - 1:
            return replace(self, leaf=self.leaf + 1).looked()
        judged = self.judge()
        return judged if judged.wrong or judged.last else judged.opened(judged.page + 1)

    def backward(self) -> Filling | None:
        """After the key for going back; nothing before the first page."""
        if self.leaf > 0:
            return replace(self, leaf=self.leaf - 1)
        return self.opened(self.page - 1) if self.page > 0 and not self.warning else None

    def looked(self) -> Filling:
        """With the leaf in hand counted as shown."""
        if not self.leaves:
            return self
        name, seen = self.active + READ, self.leaf + 1
        return replace(self, answers={**self.answers, name: str(max(seen, self.seen(self.active)))})

    def taken(self, values: Mapping[str, str]) -> Filling:
        """With what a reader delivered, in the fields that this form has."""
        fitting = {name: value for name, value in values.items() if name in self.form.fields and value}
        answers = {**self.answers, **fitting}
        judged, tapped = self.judged - fitting.keys(), self.tapped | fitting.keys()
        return replace(self, answers=answers, judged=judged, tapped=tapped, veiled=self.veiled - fitting.keys())

    def at(self, name: str) -> Filling:
        """At a field, on whatever page it stands; touched again, own words give way to the list of choices."""
        if name == self.active and name in self.own:
            return replace(self, own=self.own - {name})
        page = next((place for place, (_, names) in enumerate(self.pages) if name in names), self.page)
        return replace(self, page=page, active=name, leaf=self.leaf if name == self.active else 0).looked()

    def written(self, text: str) -> Filling:
        """With the active field's text; a mistake told before disappears while it is being mended."""
        answers = {**self.answers, self.active: text}
        mine = {self.active}
        judged, tapped, veiled = self.judged - mine, self.tapped - mine, self.veiled - mine
        return replace(self, answers=answers, judged=judged, tapped=tapped, veiled=veiled)

    def chosen(self, choice: str) -> Filling:
        """With a choice made, or taken back where several may stand."""
        line, now = self.line(self.active), self.answers.get(self.active, "")
        if choice == OWN:
            return replace(self.written(""), own=self.own | {self.active})
        if line.kind == "check":
            return self if self.shut(self.active) else self.written("" if now == choice else choice)
        if not line.several:
            return self.written(choice)
        kept = [one for one in now.split(",") if one]
        return self.written(",".join([one for one in kept if one != choice] if choice in kept else [*kept, choice]))

    def judge(self) -> Filling:
        """With this page's mistakes shown, at the first of them."""
        judged = replace(self, judged=self.judged | set(self.names))
        return replace(judged, active=judged.wrong[0]) if judged.wrong else judged
