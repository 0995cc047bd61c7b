"""A device as its file describes it: a table becomes a checked model, or all mistakes at once with their paths."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class ProfileMistakes(Exception):
    """What is wrong in a device's profile: each mistake as the path of its key and a sentence."""

    def __init__(self, mistakes: list[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in mistakes))
        self.mistakes = mistakes


def read_hex(value: object) -> object:
    """`"1D 56 42 00"` as the bytes it names."""
    if not isinstance(value, str):
        raise ValueError('bytes are written in hex, like "1D 56 42 00"')  # noqa: TRY004 - pydantic hears ValueError
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise ValueError('bytes are written in hex, like "1D 56 42 00"') from error


Hex = Annotated[bytes, BeforeValidator(read_hex)]


def described(model: type[Model], data: Mapping[str, Any], what: str) -> Model:
    """A parsed table as a profile of `what`; raises all its mistakes at once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = [(mistake["loc"], _sentence(model, dict(mistake), what)) for mistake in error.errors()]
        raise ProfileMistakes(mistakes) from None


def _sentence(model: type[BaseModel], mistake: dict[str, Any], what: str) -> str:
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "extra_forbidden":
        nearest = difflib.get_close_matches(key, model.model_fields, 1)
        return f"{key} is not a setting of a {what}" + (f"; did you mean {nearest[0]}?" if nearest else "")
    message = str(mistake["msg"]).removeprefix("Value error, ")
    return f"{key}: {message}, found {mistake['input']!r}" if key else message
