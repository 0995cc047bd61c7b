"""People and programs of the staff's pages, by command: the console is the technician's right."""

from __future__ import annotations

from typing import Any

from lobbyline.lobby.people.roster import ROLES
from lobbyline.lobby.store.pages.people import Person, TokenRow
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table

CONSOLE = "console"


def people(call: Call) -> Answer:
    """`lobbyline person list`."""
    found = call.lobby.people.all()
    return Answer(table(map(_row, found)) or "Nobody may sign in yet.", [*map(_data, found)])


def add(call: Call) -> Answer:
    """`lobbyline person add NAME SHOWN --role ROLE …`: answers the PIN of the first sign-in."""
    options, register = call.options, call.lobby.people
    pin = register.add(
        options.name, options.shown, options.role, call.options.by, call.at, qualifications=options.qualification
    )
    return _pin(options.name, pin)


def change(call: Call) -> Answer:
    """`lobbyline person change NAME --role ROLE …`: the roles and qualifications from now on."""
    options = call.options
    person = call.lobby.people.change(options.name, options.role, options.qualification, call.options.by, call.at)
    return Answer(table([_row(person)]), _data(person))


def reset(call: Call) -> Answer:
    """`lobbyline person reset NAME`: a new PIN, and no lock."""
    return _pin(call.options.name, call.lobby.people.reset(call.options.name, call.options.by, call.at))


def leave(call: Call) -> Answer:
    """`lobbyline person leave NAME`."""
    person = call.lobby.people.leave(call.options.name, call.options.by, call.at)
    return Answer(table([_row(person)]), _data(person))


def attendant(call: Call) -> Answer:
    """`lobbyline pin`: a new PIN for the attendant's menu of this machine's kiosk."""
    pin = call.lobby.attendant.fresh_pin()
    return Answer(f"{pin} opens the kiosk's attendant menu; it is told this once.", {"pin": pin})


def tokens(call: Call) -> Answer:
    """`lobbyline token list`."""
    found = call.lobby.tokens.all()
    data = [{"name": row.name, "roles": row.roles, "revoked": row.revoked_at is not None} for row in found]
    return Answer(table(map(_token, found)) or "No program has a token.", data)


def add_token(call: Call) -> Answer:
    """`lobbyline token add NAME --role ROLE …`: the token is told this once."""
    token = call.lobby.tokens.add(call.options.name, call.options.role, call.options.by, call.at)
    return Answer(token, {"name": call.options.name, "token": token})


def revoke_token(call: Call) -> Answer:
    """`lobbyline token revoke NAME`."""
    call.lobby.tokens.revoke(call.options.name, call.options.by, call.at)
    return Answer(f"{call.options.name} is revoked", {"name": call.options.name})


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


def _row(person: Person) -> tuple[str, str, str]:
    able = f"  ({', '.join(person.qualifications)})" if person.qualifications else ""
    gone = "  has left" if person.left_at else ""
    return person.name, person.shown, f"{', '.join(person.roles)}{able}{gone}"


def _token(row: TokenRow) -> tuple[str, str]:
    return row.name, f"{', '.join(row.roles)}  by {row.person}{'  revoked' if row.revoked_at else ''}"


def words(top: Parser) -> None:
    """The commands of this module."""
    persons = top.command("person", people, "Who may use the staff's pages.")
    persons.command("list", people, "Everybody, with roles.")
    entering = persons.command("add", add, "Enter somebody; tells the PIN of the first sign-in.")
    changing = persons.command("change", change, "Other roles or qualifications from now on.")
    resetting = persons.command("reset", reset, "A new PIN, and no lock.")
    leaving = persons.command("leave", leave, "No sign-in any more.")
    for one in (entering, changing, resetting, leaving):
        one.by(CONSOLE).add_argument("name", metavar="NAME", help="to sign in with: small letters and digits")
    entering.add_argument("shown", metavar="SHOWN", help="as colleagues and the log read it")
    for one in (entering, changing):
        _roles(one, [role for role in ROLES if role != "program"])
        one.add_argument("--qualification", action="append", default=[], metavar="WORD", help="such as funds")
    top.command("pin", attendant, "A new PIN for the kiosk's attendant menu; it is told this once.")
    programs = top.command("token", tokens, "Programs of the bank that may use the API.")
    programs.command("list", tokens, "Every program, with roles.")
    making = programs.command("add", add_token, "A token for a program; it is told this once.")
    revoking = programs.command("revoke", revoke_token, "End a token.")
    for one in (making, revoking):
        one.by(CONSOLE).add_argument("name", metavar="NAME", help="how the program is called")
    _roles(making, list(ROLES))


def _roles(command: Parser, roles: list[str]) -> None:
    told = f"{', '.join(roles)}; may be given several times"
    command.add_argument("--role", action="append", required=True, choices=roles, metavar="ROLE", help=told)
