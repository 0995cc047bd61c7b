"""The steps of a first installation; each asks, writes its part of the branch's folder, and tries what it wrote.

What is plugged in where has modules of its own, `machines` and `devices`. The folder is written by the
same keys that a technician would edit later, so that setup can be run again at any time.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.lobby import open_lobby
from lobbyline.lobby.settings.places import host
from lobbyline.technician.parser import SAMPLE
from lobbyline.technician.setup import devices, discovery, edit, machines, panels, trying
from lobbyline.technician.setup.answers import number, one_of
from lobbyline.technician.setup.site import Site, Step, seen

SHORT = re.compile(r"[a-z0-9-]{1,40}")
WINDOWS = {"kiosk": "kiosk", "screen": "hall screen"}
FIRST_ROLES = ("branch_manager", "technician")
SAY = "Say a call now?"
OPEN = "0.0.0.0"  # noqa: S104  # tellers' browsers come from other machines


# The branch


def ask_branch(site: Site) -> None:
    answers, there = site.answers, site.file.exists()
    if there and answers.can_ask:
        return
    needed = "" if there else None  # a file of answers may be read again over a branch that is there
    answers.get("branch.id", "Short name in small letters, like jingqi-street", needed, short_name)
    answers.get("branch.zh", "Name of the branch in Chinese, as on the ticket", needed)
    answers.get("branch.en", "Name of the branch in English", needed)
    answers.get("branch.profile", "Folder of the bank's profile; - for none", "-", profile_folder)
    answers.get("staff.host", "Address of the staff's pages; 127.0.0.1 is this machine alone", OPEN, host)
    answers.get("staff.port", "Port of the staff's pages", "8321", number(1, 65535))
    if answers.get("staff.certificate", "Their TLS certificate, a PEM file; - for none", "-", file) != "-":
        answers.get("staff.key", "Its key, a PEM file", None, file)


def branch(site: Site) -> None:
    """A folder for the branch: on the bank's profile, or a copy of the sample to be changed."""
    told = site.answers.told
    if site.file.exists():
        site.say(f"{site.file} is there already: it is kept.")
        return
    names: edit.Value = {"zh": told("branch.zh"), "en": told("branch.en")}
    if told("branch.profile") == "-":
        shutil.copytree(SAMPLE, site.folder, dirs_exist_ok=True)
        edit.set_key(site.file, ("id",), told("branch.id"))
        edit.set_key(site.file, ("name",), names)
    else:
        base = f"[base]\nfolder = {edit.written(told('branch.profile'))}\n"
        edit.put(site.file, f"id = {edit.written(told('branch.id'))}\nname = {edit.written(names)}\n\n{base}")
    edit.set_key(site.file, ("staff", "host"), told("staff.host"))
    edit.set_key(site.file, ("staff", "port"), int(told("staff.port")))
    for name in ("certificate", "key") if told("staff.certificate") != "-" else ():
        edit.set_key(site.file, ("staff", name), told(f"staff.{name}"))
    site.say(f"Written: {site.file}. Its services, counters and hours are yours to change (docs/configuration.md).")


def short_name(told: str) -> str:
    if not SHORT.fullmatch(told):
        raise ValueError('small letters a to z, digits and "-" are allowed, at most 40 of them')
    return told


def file(told: str) -> str:
    if told != "-" and not (Path(told).is_absolute() and Path(told).is_file()):
        raise ValueError(f"{told} is no file: name it with its whole path")
    return told


def profile_folder(told: str) -> str:
    if told != "-" and not (Path(told) / "base.toml").exists():
        raise ValueError(f"{told} holds no base.toml: it is not a profile")
    return told


# Sound, screens


def ask_sound(site: Site) -> None:
    site.say(seen("Sound cards", discovery.sound_cards(site.root)))
    site.answers.get("sound.volume", "Loudness of the voice in percent", "100", number(0, 100))
    site.answers.wants("sound.test", SAY)


def sound(site: Site) -> None:
    """How loud the voice is, and whether it is heard."""
    edit.set_key(site.file, ("voice", "volume"), int(site.answers.told("sound.volume")))
    if site.answers.wants("sound.test", SAY):
        try:
            site.say(" ".join(trying.speak(site.setup(), site.at)))
        except DeviceError as error:
            site.say(str(error))
        site.answers.done("sound.test")


def ask_screens(site: Site) -> None:
    found = {output.name: output for output in discovery.outputs(site.root)}
    site.say(seen("Screens", [f"{one.name} ({one.width}x{one.height})" for one in found.values()]))
    ask, names = site.answers.get, [*found, "HDMI-A-1", "HDMI-A-2"]
    for part, output, turned in (("kiosk", names[0], "rotate-90"), ("screen", names[1], "normal")):
        own = ask(f"{part}.output", f"Screen output of the {WINDOWS[part]}; - for none", output)
        if own != "-":
            known = found.get(own)
            usual = f"{known.width}x{known.height}" if known else "1920x1080"
            ask(f"{part}.size", "Its pixels as it is plugged in", usual, panels.size)
            ask(f"{part}.turn", f"How it hangs ({', '.join(panels.TURNS)})", turned, one_of(panels.TURNS))


def screens(site: Site) -> None:
    """Which window stands on which output, and how it is turned."""
    told = site.answers.told
    for part in WINDOWS:
        if told(f"{part}.output") == "-":
            panels.leave_out(site.folder, part)
            continue
        width, height = panels.seen(told(f"{part}.size"), told(f"{part}.turn"))
        edit.set_key(site.file, (part, "width"), width)
        edit.set_key(site.file, (part, "height"), height)
        panels.put(site.folder, part, told(f"{part}.output"), told(f"{part}.turn"))


# People


def ask_account(site: Site) -> None:
    name = site.answers.get("account.name", "Sign-in name of the first person, who enters the others")
    site.answers.get("account.shown", "As colleagues read it", name)


def account(site: Site) -> None:
    """The first person who may sign in: whoever enters all others."""
    name, shown = site.answers.told("account.name"), site.answers.told("account.shown")
    lobby = open_lobby(site.setup(), site.data, where="setup")
    try:
        if lobby.people.nobody():
            pin = lobby.people.add(name, shown, FIRST_ROLES, "setup", site.at)
            site.say(f"{name} signs in with the PIN {pin} for the first time, and then chooses one.")
        else:
            site.say("People are entered already: lobbyline person list")
    finally:
        lobby.close()


# Each step first asks, then does: a file of answers is read to its end before anything is written.
STEPS: dict[str, tuple[Step, Step]] = {
    "branch": (ask_branch, branch),
    "machines": (machines.ask, machines.write),
    "devices": (devices.ask, devices.write),
    "sound": (ask_sound, sound),
    "screens": (ask_screens, screens),
    "account": (ask_account, account),
}
