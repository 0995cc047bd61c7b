"""How a form in the customer's hands stands on the glass: a page of it, and all of it to be checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.inhand import AGAIN
from lobbyline.kiosk.view import View, folded, parted

Words = Mapping[str, str]


def page(filling: Filling, letters: str, words: Words) -> View:
    """The page in hand; `letters` are those of the active field that are no characters yet."""
    language, place = filling.language, min(filling.page, len(filling.pages) - 1)
    title, names = filling.pages[place]
    called, detail = parted(title.say(language))
    leaves, steps = len(filling.leaves), _steps(filling, place)
    return {
        "title": filling.form.name.say(language),
        "page": called,
        "detail": detail,
        "steps": steps,
        "count": words["step"].format(n=1 + [step["now"] for step in steps].index(True), m=len(steps)),
        "warning": filling.warning.say(language) if filling.warning else "",
        "leaf": filling.leaves[filling.leaf].say(language) if filling.leaves else "",
        "leaves": words["leaf"].format(n=filling.leaf + 1, m=leaves) if leaves > 1 else "",
        "turns": filling.leaf < leaves - 1,
        "question": filling.question,
        "fields": [_field(filling, name, letters, words) for name in names],
        "derived": [{"label": row["label"], "value": row["value"]} for row in _worked(filling, names, words)],
        "last": filling.last,
    }


def rows(filling: Filling, words: Words) -> list[View]:
    """Everything typed and what was worked out from it, masked and plain."""
    pages = [names for _, names in filling.pages]
    return [row for names in pages for row in (*_typed(filling, names, words), *_worked(filling, names, words))]


def _steps(filling: Filling, now: int) -> list[View]:
    """The parts of the form, each of a page or more, and how far it has come."""
    titles = [parted(title.say(filling.language))[0] for title, _ in filling.pages]
    parts = [(title, [place for place, _ in pages]) for title, pages in groupby(enumerate(titles), itemgetter(1))]
    return [{"title": title, "done": pages[-1] < now, "now": now in pages} for title, pages in parts]


def _field(filling: Filling, name: str, letters: str, words: Words) -> View:
    line, active, language = filling.line(name), name == filling.active, filling.language
    label, twice, inside = line.label.say(language), name.endswith(AGAIN), filling.inside(name)
    tab = words["twice"] if twice else parted(label)[0]
    return {
        "name": f"field-{name}",
        "label": f"{label} · {words['twice']}" if twice else label,
        "tab": {"name": f"field-{name}", "label": tab, "halves": folded(tab), "chosen": active},
        "hint": words["example"].format(example=line.example) if fits(line.example, filling.chinese) else "",
        "optional": "" if line.required else words["optional"],
        "value": filling.shown(name, words) if active else filling.masked(name, words),
        "letters": letters if active else "",
        "error": filling.error(name) if name in filling.judged else "",
        "note": filling.checked.notes.get(name, ""),
        "remark": _remark(filling, name, words),
        "active": active,
        "choices": filling.choices(name, words) if inside or line.also else [],
        "inside": inside,
        "tick": line.kind == "check",
    }


def _remark(filling: Filling, name: str, words: Words) -> str:
    """What is worth knowing about a field: that a reader filled it, else the technician's own line."""
    note = filling.line(name).note
    if name in filling.tapped:
        return words["from_reader"]
    return note.say(filling.language) if note else ""


def _typed(filling: Filling, names: list[str], words: Words) -> list[View]:
    return [
        {
            "name": f"edit-{name}",
            "label": parted(filling.line(name).label.say(filling.language))[0],
            "value": filling.shown(name, words) or words["blank"],
            "masked": filling.masked(name, words) or words["blank"],
            "error": filling.error(name),
        }
        for name in names
        if not name.endswith(AGAIN)
    ]


def _worked(filling: Filling, names: list[str], words: Words) -> list[View]:
    """Rows of what was worked out: nothing to edit."""
    return [
        {"name": "", "label": label, "value": said, "masked": said, "error": ""}
        for label, value in filling.derived(names)
        for said in [words.get(f"also_{value}", value)]
    ]


def fits(example: str, chinese: bool) -> bool:
    """Whether an example can be read: Chinese ones help only those who read Chinese."""
    return bool(example) and (example.isascii() or chinese)
