"""What a field suggests, to be touched instead of typed: the technician's words, and nothing that others typed."""

from __future__ import annotations

import re

from lobbyline.kiosk.inhand import InHand

ANSWER = re.compile(r"\{(\w+)\}")  # another field's answer, within a suggestion


def suggested(form: InHand, text: str) -> list[str]:
    """What may follow `text` in the active field: a beginning, or an end that does not stand there yet."""
    line = form.line(form.active)
    if not text:
        return [begin.say(form.language) for begin in line.begins]
    ends = [_told(form, end.say(form.language)) for end in line.ends]
    if any(end and text.endswith(end) for end in ends):
        return []
    return [end for end in ends if end and end not in text]


def _told(form: InHand, end: str) -> str:
    """An end with the answers it names; nothing while one of them is empty, or is not to be seen."""
    names = set(ANSWER.findall(end))
    if any(name in form.veiled or not form.answers.get(name) for name in names):
        return ""
    return ANSWER.sub(lambda found: form.answers[found[1]], end)
