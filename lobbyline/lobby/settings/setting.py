"""What every table of a branch's files is made of: frozen values, texts in several languages, short names."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, RootModel, ValidationInfo, model_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

UNSHOWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # what steers a device; a line may end
Program = Literal["kiosk", "screen", "boards", "keypads", "staff"]


class Settings(BaseModel):
    """A table of a TOML file: frozen; an unknown key is a mistake, and so is "3" where 3 is meant.

    What judges it is built with the first file, for a whole branch at once: not here, for each table by itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


def at_start_of(*programs: Program) -> JsonDict:
    """Beside a setting that these programs take only when they start; all others are taken while they run."""
    return {"at_start_of": list(programs)}


def restarts(field: FieldInfo) -> tuple[str, ...]:
    """The programs that have to start again for a setting."""
    extra = field.json_schema_extra
    named = extra.get("at_start_of", ()) if isinstance(extra, dict) else ()
    return tuple(str(program) for program in named) if isinstance(named, list) else ()


class Text(RootModel[dict[str, str]]):
    """One sentence in several languages, keyed by language code: `{ zh = "取款", en = "Withdraw" }`.

    The reader of files passes the branch's languages as context; a text must have them all.
    """

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)

    @model_validator(mode="after")
    def speaks_every_language(self, info: ValidationInfo) -> Self:
        spoken = (info.context or {}).get("languages", ())
        missing = [language for language in spoken if not self.root.get(language, "").strip()]
        if missing:
            raise ValueError(f"has no text in {' and '.join(missing)}, which this branch speaks")
        if unshown := next((sign for text in self.root.values() for sign in UNSHOWN.findall(text)), ""):
            raise ValueError(f"has the sign U+{ord(unshown):04X}, which cannot be shown")
        return self

    def say(self, language: str) -> str:
        """The sentence in `language`, or in the first language the technician wrote."""
        return self.root.get(language) or next(iter(self.root.values()), "")

    @property
    def zh(self) -> str:
        return self.say("zh")

    @property
    def en(self) -> str:
        return self.say("en")


def short_name(value: str) -> str:
    """A name that may stand in file names and in the store."""
    if not re.fullmatch(r"[a-z0-9-]{1,40}", value):
        raise ValueError('small letters a to z, digits and "-" are allowed, at most 40 of them')
    return value
