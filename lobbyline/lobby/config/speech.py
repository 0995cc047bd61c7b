"""One language that the hall's voice speaks: a folder `voices/<language>` with voice.toml.

Recorded clips lie in it where there are any. Ours are in the assets; a folder of the same name in the branch's own
`voices/` stands instead of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from lobbyline.lobby.branch import Settings
from lobbyline.lobby.config.overlay import places

NUMBER, COUNTER, PAUSE = "{number}", "{counter}", ","
DIGITS = "0123456789"


def with_both_places(parts: list[str]) -> list[str]:
    """A sentence that names neither the ticket nor the counter calls nobody anywhere."""
    missing = [place for place in (NUMBER, COUNTER) if place not in parts]
    if missing:
        raise ValueError(f'has no part "{missing[0]}"')
    strange = [part for part in parts if "{" in part and part not in (NUMBER, COUNTER)]
    if strange:
        raise ValueError(f'has the part "{strange[0]}"; places are "{NUMBER}" and "{COUNTER}", each a part of its own')
    return parts


def with_places(sentence: str) -> str:
    """A sentence for people, with both places and no other."""
    try:
        said = places(sentence)
    except ValueError:  # a loose brace
        said = [sentence]
    if strange := [place for place in said if f"{{{place}}}" not in (NUMBER, COUNTER)]:
        raise ValueError(f'has {{{strange[0]}}}; the places are "{NUMBER}" and "{COUNTER}"')
    return sentence


class Synthesis(Settings):
    """How espeak-ng speaks the language."""

    voice: str = Field(description="A voice of `espeak-ng --voices`.", pattern="^[A-Za-z0-9+_-]+$")
    speed: int = Field(160, ge=80, le=400, description="Words a minute; a hall that echoes wants them slow.")
    spell: dict[str, str] = Field({}, description="Words that have to be written otherwise to be read right.")


class VoiceFile(Settings):
    """voice.toml: what is said for a call, word by word."""

    name: str = Field(description="What the language calls itself.")
    sentence: Annotated[str, AfterValidator(with_places)] = Field(description="The call as one writes it.")
    written: dict[str, str] = Field({}, description="Signs of a ticket that `sentence` writes otherwise.")
    say: Annotated[list[str], AfterValidator(with_both_places)] = Field(
        description='The call in parts: words, "," for a pause, "{number}" and "{counter}".'
    )
    signs: dict[str, str] = Field(description="How digits and the letters of the lines are read.")
    counts: dict[str, str] = Field({}, description="How counters are counted, where it is not digit by digit.")
    gap: float = Field(0.03, ge=0, le=1, description="Seconds between two clips.")
    pause: float = Field(0.25, ge=0, le=2, description='Seconds of a ",".')
    synthesis: Synthesis | None = Field(None, description="The synthesiser; needed where no clips are.")

    @model_validator(mode="after")
    def reads_every_digit(self) -> Self:
        missing = [digit for digit in DIGITS if not self.signs.get(digit)]
        if missing:
            raise ValueError(f"does not say how {', '.join(missing)} is read: write it under [signs]")
        return self


@dataclass(frozen=True)
class Speech:
    """A language of the voice, as its folder says it."""

    code: str
    folder: Path
    file: VoiceFile

    @property
    def clips(self) -> Path:
        """Where recorded words are, one WAV file each; the folder need not exist."""
        return self.folder / "clips"

    def words(self) -> list[str]:
        """Everything that is ever said, each once: what has to be recorded."""
        own = [part for part in self.file.say if part not in (NUMBER, COUNTER, PAUSE)]
        return list(dict.fromkeys([*own, *self.file.signs.values(), *self.file.counts.values()]))
