"""Whoever holds the pen: takes keys, candidates and choices, and shows the keyboard.

Knows one form (or the customer's number) at a time and forgets it on `clear`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.handwriting import Handwriting, Stroke, installed
from lobbyline.kiosk.keyboard import PADS, Typing, rows, spread, spread_rows, strip
from lobbyline.kiosk.pinyin import NOT_OURS, Guess, Pinyin
from lobbyline.kiosk.radicals import STEPS, Path, Radicals
from lobbyline.kiosk.suggested import suggested
from lobbyline.kiosk.view import View

LEFT = Guess("由柜员填写", -2)  # a name that no keyboard can write is left to the teller
SUGGESTED = -3  # the place of a suggestion
WRITTEN = ("pinyin", "latin", "hand")  # layouts on which words are written
PIN_LENGTH = 12
NUMBER_LENGTH = 5  # a letter and at most four digits


class Typist:
    """Typing on the kiosk."""

    def __init__(self, pinyin: Pinyin | None, letters: str) -> None:
        self.pinyin, self.letters = pinyin, letters
        self.filling: Filling | None = None
        self.typing, self.longest = Typing(), NUMBER_LENGTH
        self.guesses: list[Guess] = []
        self.strokes: list[Stroke] = []
        self.hand = installed()
        self.radicals = Radicals()
        self.path: Path = ()  # to a character by its radical
        self.overleaf = 0  # the page of the review

    def clear(self) -> None:
        self.filling, self.typing, self.guesses, self.strokes = None, Typing(), [], []

    def enter(self) -> None:
        """Ready for a ticket's number."""
        self.clear()
        self.typing, self.longest = Typing(layout="number"), NUMBER_LENGTH

    def enter_pin(self) -> None:
        """Ready for the attendant's PIN."""
        self.clear()
        self.typing, self.longest = Typing(layout="digits"), PIN_LENGTH

    def open(self, filling: Filling) -> None:
        """Go on with a form as it stands now, at its active field."""
        self.overleaf = 0
        self.filling, self.strokes = filling, []
        typing = filling.typing()
        self.typing = typing.on("latin") if typing.layout == "pinyin" and self.pinyin is None else typing
        self.guesses = self._guess(self.typing)

    def key(self, key: str) -> None:
        if key == "more":
            self._turn()
        elif self.strokes and key in ("anew", "delete"):
            self._write(self.strokes[:-1] if key == "delete" else [])
        elif key == "radical":
            self._step(())
        elif key == "letters" and self.typing.layout == "radical":
            self._keep(self.typing.on("pinyin"))
        elif key == "letters":
            self.typing = replace(self.typing, spread=False, first=0)
        elif key == "space" and self.typing.letters and self.guesses:
            self.pick(0)
        elif self.filling is not None or len(self.typing.text) < self.longest or key == "delete":
            self._keep(self.typing.pressed(key))

    def pick(self, place: int) -> None:
        """Take a candidate of the strip; letters it did not use stay for the next one."""
        guess = next(iter(self.guesses[self.typing.first + place :]), None)
        if guess is None:
            return
        if self.typing.layout == "radical":
            self._step((*self.path, guess.text))
            return
        self.strokes = []
        self._keep(self._with(guess))

    def _with(self, guess: Guess) -> Typing:
        """What was typed, with a candidate."""
        if guess.place == SUGGESTED:
            return self.typing.suggested(guess.text)
        if guess == LEFT:
            return replace(self.typing.picked("", ""), text=LEFT.text)
        return self.typing.picked(*(self.pinyin.pick(self.typing.letters, guess) if self.pinyin else (guess.text, "")))

    def _step(self, path: Path) -> None:
        """One answer further on the way to a character; the last one writes it."""
        self.path = path
        if len(path) == STEPS:
            self._keep(self.typing.on("pinyin").picked(path[-1], ""))
            return
        self.guesses = [Guess(answer, NOT_OURS) for answer in self.radicals.answers(path)]
        self.typing = replace(self.typing.on("radical"), spread=True)

    def write(self, stroke: Stroke) -> None:
        """One stroke of a character, by hand."""
        if self.typing.layout == "hand":
            self._write([*self.strokes, stroke])

    def _write(self, strokes: list[Stroke]) -> None:
        self.strokes = strokes
        self.guesses = [Guess(sign, NOT_OURS) for sign in self._handwriting.guesses(strokes)]
        self.typing = replace(self.typing, first=0, spread=False)

    @cached_property
    def _handwriting(self) -> Handwriting:
        return Handwriting()

    def choose(self, field: str, place: int) -> None:
        """Make a choice of a field on this page."""
        if self.filling and field in self.filling.names:
            at = self.filling.at(field)
            self.open(at.chosen(at.choice(field, place)))

    def finish(self) -> None:
        """Pinyin that was not turned into characters stays as it was typed."""
        if self.typing.letters:
            self._keep(self.typing.picked(self.typing.letters, ""))

    def _turn(self) -> None:
        """All candidates in place of the keys, then the next of them; after the last ones the first again."""
        if not self.typing.spread:
            self.typing = replace(self.typing, spread=True, first=0)
            return
        texts = [guess.text for guess in self.guesses]
        after = self.typing.first + sum(map(len, spread(texts, self.typing.first)))
        self.typing = replace(self.typing, first=after if after < len(texts) else 0)

    def _keep(self, typing: Typing) -> None:
        self.typing = typing
        if self.filling:
            self.filling = self.filling.written(typing.text)
        self.guesses = self._guess(typing)

    def _guess(self, typing: Typing) -> list[Guess]:
        if self.filling and not typing.letters and typing.layout in WRITTEN:
            return [Guess(words, SUGGESTED) for words in suggested(self.filling, typing.text)]
        if not (self.pinyin and self.filling and typing.letters):
            return []
        if self.filling.line(self.filling.active).kind == "name":
            return [*self.pinyin.for_name(typing.letters, first=not typing.text), LEFT]
        return self.pinyin.guesses(typing.letters)

    @property
    def _suggests(self) -> bool:
        """Whether the field in hand has suggestions, now or once something is written."""
        line = self.filling.line(self.filling.active) if self.filling else None
        return line is not None and bool(line.begins or line.ends)

    def keyboard(self, words: dict[str, str], *, large: bool = False) -> View:
        """The docked keyboard: its rows and, while pinyin is typed, the candidates."""
        texts = [guess.text for guess in self.guesses]
        layout = self.typing.layout
        on_strip = strip(texts, self.typing.first, large=large)
        out = self.typing.spread and bool(texts)
        by_sound = bool(self.typing.letters) or layout == "radical"
        keys = spread_rows(texts, self.typing.first, words, radical=by_sound) if out else None
        return {
            "layout": layout,
            "rows": keys or rows(self.typing, words, self.letters, chinese=self.pinyin is not None, hand=self.hand),
            "pad": layout in (*PADS, "number"),
            "strip": (layout in ("pinyin", "hand") or (layout == "latin" and self._suggests)) and not out,
            "hand": layout == "hand" and not out,
            "strokes": [[{"x": x, "y": y} for x, y in stroke] for stroke in self.strokes],
            "letters": self.typing.letters,
            "candidates": [{"name": f"pick-{place}", "label": text} for place, text in enumerate(on_strip)],
            "more": len(on_strip) < len(texts),
            "choices": self._choices(words),
        }

    def _choices(self, words: dict[str, str]) -> list[View]:
        filling = self.filling
        return filling.choices(filling.active, words) if filling and self.typing.layout == "choice" else []
