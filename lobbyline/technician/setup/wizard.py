"""Walks through the steps in order, goes on where it stopped, and ends with the check."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from lobbyline.lobby.errors import ConfigError, Refusal
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.files import check
from lobbyline.technician.parser import SAMPLE, Parser
from lobbyline.technician.setup import steps
from lobbyline.technician.setup.answers import Answers, Unfinished
from lobbyline.technician.setup.site import Site

KEPT = "setup.toml"  # in the data folder: what was answered so far, in the form that --answers reads
BEGIN = "Enter takes what stands in [ ]. Ctrl-C leaves; the next setup goes on there."
NEXT = """\
Everything is as it should be. What remains{place}:
  {start:<42} # start the programs{ever}
  lobbyline person add …                     # tellers and the others of the staff
  lobbyline doctor                           # in a minute: how each device is
What was answered stands in {kept}: the next branch takes it with --answers."""
MEND = "\nThis does not fit together yet. Mend the files, and `lobbyline setup` goes on; --again asks everything anew."
INSTALLED = Path("/etc/lobbyline/branch")  # where the units look for the branch


def setup(call: Call) -> Answer:
    """`lobbyline setup [--answers FILE …]`."""
    options = call.options
    if call.folder.resolve() == SAMPLE.resolve():
        options.misused("name the branch's folder with --branch DIR: the sample itself stays as it is")
    ask = None if options.answers else asked
    kept = call.data / KEPT
    answers = Answers(kept, options.answers or (), ask, again=options.again)
    site = Site(call.folder, call.data, answers, call.moment, say=told if options.json else print)
    try:
        walk(site)
    except Unfinished:
        sentence = f"Not finished. What was answered is kept in {kept}: lobbyline setup goes on from there."
        raise Refusal.saying(sentence, "setup_unfinished", kept=str(kept)) from None
    except ConfigError:
        if answers.can_ask:
            site.say(MEND)
        raise
    end = f"\n{check.check(call).text}\n{remains(call.folder, call.data)}"
    return Answer(end, {"ok": True, "folder": str(call.folder)})


def remains(folder: Path, data: Path) -> str:
    """What is left to do, on a lobby machine or on a desk."""
    if folder == INSTALLED:
        told = {
            "place": "",
            "start": "systemctl enable --now lobbyline.target",
            "ever": ", now and after every restart",
        }
    else:
        told = {"place": f", each with --branch {folder} --data {data}", "start": "lobbyline run", "ever": ""}
    return NEXT.format(**told, kept=data / KEPT)


def walk(site: Site) -> None:
    if not site.answers.can_ask:
        for ask, _ in steps.STEPS.values():
            ask(replace(site, say=lambda _: None))
        site.answers.judged()
    else:
        site.say(BEGIN)
    for place, (name, (ask, do)) in enumerate(steps.STEPS.items(), 1):
        site.say(f"\n{place} of {len(steps.STEPS)}: {name}")
        ask(site)
        do(site)


def asked(question: str) -> str:
    """Ask at the terminal; whoever leaves it, by Ctrl-D or Ctrl-C, may go on later."""
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        print()
        raise Unfinished from None


def told(text: str) -> None:
    """What is told on the way when a program reads the answer."""
    print(text, file=sys.stderr)


def words(top: Parser) -> None:
    """The command of this module."""
    setting = top.command("setup", setup, "The first installation, step by step; goes on where it was left.")
    told = "answers instead of questions; may be given several times, later files go before earlier ones"
    setting.add_argument("--answers", type=Path, action="append", metavar="FILE.toml", help=told)
    setting.add_argument("--again", action="store_true", help="ask everything anew, whatever was answered before")
