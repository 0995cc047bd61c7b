"""People and programs of the staff's pages, by command: the console is the technician's right."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from lobbyline.lobby.people.roster import ROLES
from lobbyline.lobby.store.pages.people import Person, TokenRow
from lobbyline.technician.call import Answer, Call

Add = Callable[..., argparse.ArgumentParser]
Common = Callable[[], argparse.ArgumentParser]

CONSOLE = "console"


def people(call: Call) -> Answer:
    """`lobbyline person list`."""
    found = call.lobby.people.all()
    return Answer("\n".join(map(_line, found)) or "Nobody may sign in yet.", [*map(_data, found)])


def add(call: Call) -> Answer:
    """`lobbyline person add NAME SHOWN --role ROLE …`: answers the PIN of the first sign-in."""
    options, register = call.options, call.lobby.people
    pin = register.add(
        options.name, options.shown, options.role, _by(call), call.at, qualifications=options.qualification
    )
    return _pin(options.name, pin)


def change(call: Call) -> Answer:
    """`lobbyline person change NAME --role ROLE …`: the roles and qualifications from now on."""
    options = call.options
    person = call.lobby.people.change(options.name, options.role, options.qualification, _by(call), call.at)
    return Answer(_line(person), _data(person))


def reset(call: Call) -> Answer:
    """`lobbyline person reset NAME`: a new PIN, and no lock."""
    return _pin(call.options.name, call.lobby.people.reset(call.options.name, _by(call), call.at))


def leave(call: Call) -> Answer:
    """`lobbyline person leave NAME`."""
    person = call.lobby.people.leave(call.options.name, _by(call), call.at)
    return Answer(_line(person), _data(person))


def attendant(call: Call) -> Answer:
    """`lobbyline pin`: a new PIN for the attendant's menu of this machine's kiosk."""
    pin = call.lobby.attendant.fresh_pin()
    return Answer(f"{pin} opens the kiosk's attendant menu; it is told this once.", {"pin": pin})


def tokens(call: Call) -> Answer:
    """`lobbyline token list`."""
    found = call.lobby.tokens.all()
    data = [{"name": row.name, "roles": row.roles, "revoked": row.revoked_at is not None} for row in found]
    return Answer("\n".join(map(_token_line, found)) or "No program has a token.", data)


def add_token(call: Call) -> Answer:
    """`lobbyline token add NAME --role ROLE …`: the token is told this once."""
    token = call.lobby.tokens.add(call.options.name, call.options.role, _by(call), call.at)
    return Answer(token, {"name": call.options.name, "token": token})


def revoke_token(call: Call) -> Answer:
    """`lobbyline token revoke NAME`."""
    call.lobby.tokens.revoke(call.options.name, _by(call), call.at)
    return Answer(f"{call.options.name} is revoked", {"name": call.options.name})


def add_staff(add_command: Add, common: Common) -> None:
    """The subcommands of this module."""
    kinds = add_command("person", people, "Who may use the staff's pages.").add_subparsers(metavar="WHAT")
    _kind(kinds, common, "list", people, "Everybody, with roles.")
    new = _kind(kinds, common, "add", add, "Enter somebody; prints the PIN of the first sign-in.")
    new.add_argument("name", metavar="NAME", help="to sign in with: small letters and digits")
    new.add_argument("shown", metavar="SHOWN", help="as others and the log read it")
    changed = _kind(kinds, common, "change", change, "Other roles or qualifications.")
    for command, does in (("reset", reset), ("leave", leave)):
        sentence = {"reset": "A new PIN, and no lock.", "leave": "No sign-in any more."}[command]
        _kind(kinds, common, command, does, sentence).add_argument("name", metavar="NAME")
    changed.add_argument("name", metavar="NAME")
    for command in (new, changed):
        _roles(command, [role for role in ROLES if role != "program"])
        command.add_argument("--qualification", action="append", default=[], metavar="WORD", help="such as funds")
    add_command("pin", attendant, "A new PIN for the kiosk's attendant menu; it is told this once.")
    programs = add_command("token", tokens, "Programs of the bank that use the API.").add_subparsers(metavar="WHAT")
    _kind(programs, common, "list", tokens, "Every program, with roles.")
    made = _kind(programs, common, "add", add_token, "A token for a program; it is told this once.")
    made.add_argument("name", metavar="NAME")
    _roles(made, list(ROLES))
    _kind(programs, common, "revoke", revoke_token, "Ends a token.").add_argument("name", metavar="NAME")


def _roles(command: argparse.ArgumentParser, roles: list[str]) -> None:
    command.add_argument("--role", action="append", required=True, choices=roles, metavar="ROLE", help=", ".join(roles))


def _kind(kinds: Any, common: Common, name: str, run: Callable[[Call], Answer], sentence: str) -> Any:
    command = kinds.add_parser(name, help=sentence, description=sentence, parents=[common()])
    command.add_argument("--by", default="", metavar="WHO", help="whose decision it is")
    command.set_defaults(run=run)
    return command


def _by(call: Call) -> str:
    return call.options.by or CONSOLE


def _pin(name: str, pin: str) -> Answer:
    return Answer(f"{name}  PIN {pin}  (to be changed at the first sign-in)", {"name": name, "pin": pin})


def _data(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "shown": person.shown,
        "roles": person.roles,
        "qualifications": person.qualifications,
        "left": person.left_at is not None,
    }


def _line(person: Person) -> str:
    able = f"  ({', '.join(person.qualifications)})" if person.qualifications else ""
    gone = "  has left" if person.left_at else ""
    return f"{person.name:<14} {person.shown}  {', '.join(person.roles)}{able}{gone}"


def _token_line(row: TokenRow) -> str:
    return f"{row.name:<14} {', '.join(row.roles)}  by {row.person}{'  revoked' if row.revoked_at else ''}"
