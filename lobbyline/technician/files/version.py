"""`lobbyline version`: the life of the branch's files: kept, on trial, frozen, compared, taken back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lobbyline.lobby.config.versions import Version
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.files.check import checked
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table

NUMBER, MINUTES, SHARE = "{}", "{:.1f} min", "{:.0%}"
FIGURES = {
    "days": ("days, the latest", NUMBER),
    "tickets": ("numbers", NUMBER),
    "served": ("served", NUMBER),
    "wait_mean": ("mean wait", MINUTES),
    "wait_p90": ("P90 of the wait", MINUTES),
    "over_10": ("waited over 10 minutes", SHARE),
    "over_20": ("waited over 20 minutes", SHARE),
    "over_30": ("waited over 30 minutes", SHARE),
    "counter_mean": ("mean time at the counter", MINUTES),
    "missed": ("missed a call", SHARE),
    "abandoned": ("left", SHARE),
    "moved": ("moved to another service", SHARE),
}


def listed(call: Call) -> Answer:
    """`lobbyline version list`."""
    found = call.lobby.versions.all()
    return Answer(table(map(_row, found)) or "No version is kept yet.", [*map(version_data, found)])


def keep(call: Call) -> Answer:
    """`lobbyline version keep --by WHO --reason WHY`: the folder's files as a draft."""
    options = call.options
    return _answer(call.lobby.versions.keep(checked(call), call.at, options.by, options.reason))


def trial(call: Call) -> Answer:
    """`lobbyline version trial VERSION --by WHO --reason WHY`."""
    return _advanced(call, "trial")


def freeze(call: Call) -> Answer:
    """`lobbyline version freeze VERSION --by WHO --reason WHY`."""
    return _advanced(call, "frozen")


def _advanced(call: Call, stage: str) -> Answer:
    options = call.options
    return _answer(call.lobby.versions.advance(options.version, stage, options.by, options.reason, call.at))


def _answer(found: Version) -> Answer:
    return Answer(table([_row(found)]), version_data(found))


def back(call: Call) -> Answer:
    """`lobbyline version back VERSION`: the kept files return into the branch's folder and into use."""
    options = call.options
    written = call.lobby.versions.roll_back(options.version, options.by, options.reason, call.at)
    names = [str(path) for path in written]
    return Answer("\n".join([*names, "Every program takes them at its next ticket."]), {"written": names})


def compare(call: Call) -> Answer:
    """`lobbyline version compare ONE OTHER`: the figures of both in one report."""
    one, other = call.lobby.records.compare(call.options.version, call.options.other)
    lines = [f"{'':<26}{one.version:>14}{other.version:>14}"]
    lines += [
        f"{label:<26}{form.format(getattr(one, name)):>14}{form.format(getattr(other, name)):>14}"
        for name, (label, form) in FIGURES.items()
    ]
    return Answer("\n".join(lines), [asdict(one), asdict(other)])


def version_data(found: Version) -> dict[str, Any]:
    life = [asdict(row) | {"at": row.at.isoformat()} for row in found.life]
    return {"version": found.version, "stage": found.stage, "in_use": found.in_use, "life": life}


def _row(found: Version) -> tuple[str, str, str, str]:
    last, mark = found.life[-1], "*" if found.in_use else " "
    return f"{mark} {found.version}", found.stage, f"{last.at:%Y-%m-%d %H:%M}", f"{last.author}: {last.reason}"


def words(top: Parser) -> None:
    """The command of this module."""
    versions = top.command("version", listed, "The life of the branch's files: kept, on trial, frozen, taken back.")
    versions.command("list", listed, "Every version that was kept, with its stage.")
    versions.command("keep", keep, "Keep the folder's files as a draft.").by().reason()
    for name, run, sentence in (
        ("trial", trial, "Try a draft in the lobby: it is in use from now on."),
        ("freeze", freeze, "Freeze what proved itself."),
        ("back", back, "Put the files of a version back, and into use."),
    ):
        one = versions.command(name, run, sentence).by().reason()
        one.add_argument("version", metavar="VERSION", help="its first digits, or now")
    comparing = versions.command("compare", compare, "The figures of two versions in one report.")
    comparing.add_argument("version", metavar="ONE", help="its first digits, or now")
    comparing.add_argument("other", metavar="OTHER", help="its first digits, or now")
