"""`lobbyline form FORM`: answers from standard input, judged as the kiosk would judge them."""

from __future__ import annotations

import json
import sys
from typing import Any

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.forms.written import TICKED, UNTICKED
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser


def form(call: Call) -> Answer:
    """What is wrong with each field, and what follows from the right ones."""
    forms, branch = call.setup.forms, call.setup.branch
    with call.lobby.speaking():
        if call.options.form not in forms:
            raise Refusal("unknown_form", form=call.options.form, known=", ".join(forms))
        typed = answers(sys.stdin.buffer.read())
    checked = forms[call.options.form].check(typed, call.lobby.day(call.at), branch.conventions, call.language)
    lines = [f"{field}: {sentence}" for field, sentence in checked.errors.items()] or ["ok"]
    data = {"ok": checked.ok, "errors": checked.errors, "derived": checked.derived}
    return Answer("\n".join(lines), data)


def answers(data: bytes) -> dict[str, str]:
    """Answers by field id, as a customer would have typed them; numbers stay as they are written."""
    try:
        found = json.loads(data.decode() or "{}", parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise Refusal("not_json", found=str(error)) from error
    if not isinstance(found, dict):
        raise Refusal("not_json", found=type(found).__name__)
    return {field: word(value) for field, value in found.items()}


def word(value: Any) -> str:
    """One answer: nothing for null, a tick for true, several choices for a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TICKED if value else UNTICKED
    if isinstance(value, list):
        return ",".join(map(word, value))
    return str(value)


def words(top: Parser) -> None:
    """The command of this module."""
    checking = top.command("form", form, "Check answers (JSON on standard input) against a form.")
    checking.add_argument("form", metavar="FORM", help="such as F01")
