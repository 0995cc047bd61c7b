"""Why a number was called: what is remembered of it, told in whatever language it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A code that has a sentence in the words of the branch, and the facts that fill it."""

    code: str
    facts: Mapping[str, object]

    def written(self) -> str:
        return json.dumps({"code": self.code, **self.facts}, ensure_ascii=False)


def read(text: str) -> Reason | None:
    """The reason that was written; None where there is none."""
    if not text:
        return None
    facts = json.loads(text)
    return Reason(facts.pop("code"), facts)
