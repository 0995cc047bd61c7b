"""The branch's files by command: apply them while everything runs, go back, freeze, compare; the bank's profile."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from lobbyline.display import protocols
from lobbyline.kiosk import fitting, held, layout, press
from lobbyline.lobby.config import base
from lobbyline.lobby.config.changes import PROGRAMS, Change, changes, over_the_base
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.versions import Figures, Version
from lobbyline.lobby.devices import FILES
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.staff import keypads
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.verbs.office import kind, kinds, signed

Add = Callable[..., argparse.ArgumentParser]
Common = Callable[[], argparse.ArgumentParser]
TOLD = 3  # keys that a reason nobody wrote names


def check(call: Call) -> Answer:
    """`lobbyline check`: silent agreement of every file, or one line per mistake."""
    setup = checked(call)
    counted = f"{len(setup.branch.services)} services, {len(setup.branch.counters)} counters, {len(setup.forms)} forms"
    lines = [*(f"note: {note}" for note in setup.notes), f"ok: {call.folder}: {counted}, version {setup.version}"]
    notes = [{"file": str(note.file), "line": note.line, "sentence": note.sentence} for note in setup.notes]
    return Answer("\n".join(lines), {"ok": True, "version": setup.version, "notes": notes})


def checked(call: Call) -> Setup:
    """The folder's files, after everybody who uses a part of them has looked at it."""
    setup = call.written
    protocols.protocols(setup)
    keypads.protocols(setup)
    held.profiles(setup)
    if mistakes := fitting.misfits(setup, press.profiles(setup), layout.layouts(setup)):
        raise ConfigError(mistakes)
    return setup


def apply(call: Call) -> Answer:
    """`lobbyline apply`: check, tell what changes, and let every program take it at the next ticket."""
    options = call.options
    if options.back is not None:
        return _back(call)
    setup = checked(call)
    found = changes(call.lobby.versions.running(), setup)
    if options.dry_run:
        return _told(found, f"{len(found)} keys would change", {"version": setup.version})
    if call.lobby.devices.is_bad(FILES):
        call.lobby.devices.report(FILES, FILES, "ok", "", call.at)
    if any(one.version == setup.version and one.in_use and one.stage != "draft" for one in call.lobby.versions.all()):
        return _told([], f"version {setup.version} is in use already", {"version": setup.version})
    version = call.lobby.versions.apply(setup, call.at, options.by or getuser(), options.reason or _summary(found))
    return _told(found, f"version {version.version} is in use", _version(version))


def _back(call: Call) -> Answer:
    options, before = call.options, call.lobby.versions.running()
    reason = options.reason or "taken back by command"
    written = call.lobby.versions.roll_back(options.back, options.by or getuser(), reason, call.at)
    version = next(one for one in call.lobby.versions.all() if one.in_use)
    found = changes(before, call.lobby.setup)
    files = {"written": [str(path) for path in written]}
    return _told(found, f"version {version.version} is in use again, its files are back", _version(version) | files)


def _told(found: list[Change], last: str, data: dict[str, Any]) -> Answer:
    again = [program for program in PROGRAMS if any(program in change.programs for change in found)]
    lines = [*map(str, found), last + (f"; {' and '.join(again)} will start again in a quiet moment" if again else "")]
    return Answer("\n".join(lines), {**data, "changes": [asdict(change) for change in found], "starting_again": again})


def _summary(found: list[Change]) -> str:
    keys = ", ".join(change.key for change in found[:TOLD])
    return f"{len(found)} keys: {keys}{', …' if len(found) > TOLD else ''}" if found else "the files as they are"


def versions(call: Call) -> Answer:
    """`lobbyline version list`."""
    found = call.lobby.versions.all()
    return Answer("\n".join(map(_version_line, found)) or "No version is kept yet.", [*map(_version, found)])


def version(call: Call) -> Answer:
    """`lobbyline version keep|trial|freeze [VERSION] --by WHO --reason WHY`."""
    options, life = call.options, call.lobby.versions
    if options.verb == "keep":
        found = life.keep(checked(call), call.at, options.by, options.reason)
    else:
        stage = {"trial": "trial", "freeze": "frozen"}[options.verb]
        found = life.advance(options.version, stage, options.by, options.reason, call.at)
    return Answer(_version_line(found), _version(found))


def back(call: Call) -> Answer:
    """`lobbyline version back VERSION`: the kept files return into the branch's folder and into use."""
    options = call.options
    written = call.lobby.versions.roll_back(options.version, options.by, options.reason, call.at)
    names = [str(path) for path in written]
    return Answer("\n".join([*names, "Every program takes them at its next ticket."]), {"written": names})


def compare(call: Call) -> Answer:
    """`lobbyline version compare ONE OTHER`: the figures of both in one report."""
    one, other = call.lobby.versions.compare(call.options.version, call.options.other)
    names = [name for name in asdict(one) if name != "version"]
    lines = [f"{'':<14}{one.version:>14}{other.version:>14}"]
    lines += [f"{name:<14}{_figure(one, name):>14}{_figure(other, name):>14}" for name in names]
    return Answer("\n".join(lines), [asdict(one), asdict(other)])


def diff(call: Call) -> Answer:
    """`lobbyline config diff`: what the branch lays over the bank's base."""
    found = over_the_base(call.written)
    nothing = "Nothing lies over the base." if call.written.branch.base else "This branch stands on no base profile."
    return Answer("\n".join(map(str, found)) or nothing, [asdict(change) for change in found])


def seal(call: Call) -> Answer:
    """`lobbyline config seal FOLDER [--key FILE]`: the bank's checksums, signed where there is a key."""
    folder, key = call.options.profile, None
    if call.options.key_file:
        key = _private_key(call.options.key_file)
    names = base.seal(folder, key)
    public = base.public_key(key) if key else ""
    signature = f', signed; branches write under [base]: key = "{public}"' if key else ""
    return Answer(f"{folder}: {len(names)} files sealed{signature}", {"files": names, "key": public})


def _private_key(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise ConfigError([Mistake(file, 1, f"cannot be read: {error.strerror or error}")]) from error
    except (ValueError, TypeError) as error:
        raise ConfigError([Mistake(file, 1, "is no private key without a password in PEM")]) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError([Mistake(file, 1, "is another kind of key: `openssl genpkey -algorithm ed25519` makes one")])
    return key


def add_files(add: Add, common: Common) -> None:
    """The subcommands of this module."""
    add("check", check, "Check every file of the branch: one line per mistake.")
    applied = signed(add("apply", apply, "Take the folder's files into use while everything runs."))
    applied.add_argument("--dry-run", action="store_true", help="only tell what would change")
    applied.add_argument(
        "--back", nargs="?", const="", metavar="VERSION", help="go back: to the version before, or to one by its digits"
    )
    _add_versions(kinds(add("version", versions, "The life of the branch's files.")), common)
    profile = kinds(add("config", diff, "The bank's base profile and what the branch lays over it."))
    kind(profile, common, "diff", diff, "What this branch lays over the bank's base.")
    sealing = kind(profile, common, "seal", seal, "Seal a base profile with checksums.")
    sealing.add_argument("profile", metavar="FOLDER", type=Path)
    sealing.add_argument("--key", dest="key_file", type=Path, metavar="FILE", help="sign them, too: Ed25519 in PEM")


def _add_versions(verbs: Any, common: Common) -> None:
    kind(verbs, common, "list", versions, "Every version that was kept, with its stage.")
    signed(kind(verbs, common, "keep", version, "Keep the folder's files as a draft.")).set_defaults(verb="keep")
    for verb, run, sentence in (
        ("trial", version, "Try a draft in the lobby: it is in use from now on."),
        ("freeze", version, "Freeze what proved itself."),
        ("back", back, "Put the files of a version back, and into use."),
    ):
        command = signed(kind(verbs, common, verb, run, sentence))
        command.set_defaults(verb=verb)
        command.add_argument("version", metavar="VERSION", help="its first digits, or now")
    comparing = kind(verbs, common, "compare", compare, "The figures of two versions in one report.")
    comparing.add_argument("version", metavar="ONE")
    comparing.add_argument("other", metavar="OTHER")


def _version(found: Version) -> dict[str, Any]:
    life = [asdict(row) | {"at": row.at.isoformat()} for row in found.life]
    return {"version": found.version, "stage": found.stage, "in_use": found.in_use, "life": life}


def _version_line(found: Version) -> str:
    last = found.life[-1]
    mark = "*" if found.in_use else " "
    return f"{mark} {found.version}  {found.stage:<7} {last.at:%Y-%m-%d %H:%M}  {last.author}: {last.reason}"


def _figure(figures: Figures, name: str) -> str:
    value = getattr(figures, name)
    return f"{value:.3f}" if isinstance(value, float) else str(value)
