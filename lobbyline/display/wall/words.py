"""The wall's words, in the branch's first two languages.

A text is a pair, `first` in the first language and `second` in the second one, both shown at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lobbyline.lobby.branch import Text
from lobbyline.lobby.calendar import day_written
from lobbyline.lobby.config.folder import Setup

Pair = dict[str, str]


class Words:
    """The screen's words in the branch's first two languages."""

    def __init__(self, setup: Setup) -> None:
        self.languages = setup.branch.languages[:2]
        self.tables = {language: setup.words[language]["screen"] for language in self.languages}
        self.calendars = {language: setup.words[language]["calendar"] for language in self.languages}

    def say(self, key: str, **facts: object) -> Pair:
        return self.each(lambda language: self.tables[language][key].format(**facts))

    def text(self, text: Text) -> Pair:
        return self.each(text.say)

    def each(self, say: Callable[[str], str]) -> Pair:
        first, second = self.languages[0], self.languages[-1]
        return {"first": say(first), "second": say(second) if second != first else ""}

    def day(self, day: date, form: str = "weekday") -> Pair:
        """A day as one says it: 11月24日 星期二, Tuesday 24 Nov; `beside` another language it may be shorter."""
        return self.each(lambda language: day_written(day, self.calendars[language], form))

    def all(self) -> dict[str, Pair]:
        """Every word of the screen by its key."""
        return {key: self.word(key) for key in self.tables[self.languages[0]]}

    def word(self, key: str) -> Pair:
        return self.each(lambda language: self.tables[language][key])
