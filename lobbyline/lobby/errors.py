"""Who is spoken to when something goes wrong.

`Refusal` speaks to the customer or the teller, `ConfigError` and `StoreError` to the technician.
The devices' own error lives with the drivers. Anything else is a bug of ours and may fall.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Refusal(Exception):
    """A calm no: the request was understood and the rules of the branch do not allow it now.

    `code` is a stable word for programs (`closed`, `nobody_waiting`); `facts` fill the sentence that the
    words of the branch hold for it. `sentence` is in the reader's language once the lobby let it out.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
        self.sentence = " ".join([code, *(f"{name}={fact}" for name, fact in facts.items())])

    def __str__(self) -> str:
        return self.sentence

    @classmethod
    def saying(cls, sentence: str, code: str, **facts: object) -> Refusal:
        """To a technician, in a sentence that stands where it is raised."""
        refusal = cls(code, **facts)
        refusal.sentence = sentence
        return refusal


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a technician's file: where it is and what to do about it."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class ConfigError(Exception):
    """All mistakes of a branch's files at once, each with file, line and sentence."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in sorted(mistakes)))
        self.mistakes = sorted(mistakes)


class StoreError(Exception):
    """The memory of the branch cannot be used: disk full, read-only, damaged, or of a newer schema."""
