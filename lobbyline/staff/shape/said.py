"""What a request says: whatever is not asked for is a mistake, and nothing of it is changed afterwards."""

from __future__ import annotations

from typing import Any

from fastapi import Body
from pydantic import BaseModel, ConfigDict


class Said(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Typed(Said):
    """The same where a person typed it: blanks around a word mean nothing."""

    model_config = ConfigDict(str_strip_whitespace=True)


def by_verb(**says: Said) -> Any:
    """Where an address takes several verbs: the whole body that each of them is sent with, for the description."""
    return Body(
        openapi_examples={verb: {"value": body.model_dump(exclude_defaults=True)} for verb, body in says.items()}
    )
