"""What stands in for a person's name: a browser that is a counter's own, and a program of the bank with a token."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.people import secret
from lobbyline.lobby.people.roster import ROLES
from lobbyline.lobby.store.pages.people import MachineRow, TokenRow

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Machines:
    """Browsers that are a counter's own. A counter that has one is served from its own machines only."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def all(self) -> list[MachineRow]:
        with self._lobby.read() as book:
            return book.people.machines()

    def bind(self, counter: int, by: str, at: datetime) -> str:
        """Make a browser the counter's; returns what it keeps."""
        self._lobby.desk(counter)
        token = secret.fresh_token()
        with self._lobby.write() as book:
            book.people.keep_machine(secret.digest(token), counter, by, at)
            book.note("machine_bound", at, by, counter=counter)
        return token

    def free(self, counter: int, by: str, at: datetime) -> None:
        """The counter may be served from anywhere again."""
        with self._lobby.write() as book:
            book.people.forget_machines(counter)
            book.note("machine_freed", at, by, counter=counter)

    def counter(self, token: str) -> int | None:
        """Which counter a browser is."""
        with self._lobby.read() as book:
            machine = book.people.machine(secret.digest(token)) if token else None
        return machine.counter if machine else None

    def must_serve(self, counter: int, here: int | None) -> None:
        """A counter's machine serves that counter, and a counter with machines is served from them."""
        with self._lobby.read() as book:
            if here == counter or (here is None and not book.people.has_machine(counter)):
                return
            raise Refusal("other_machine", counter=counter)


class Tokens:
    """Programs of the bank that use the API."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def all(self) -> list[TokenRow]:
        with self._lobby.read() as book:
            return book.people.tokens()

    def add(self, name: str, roles: Iterable[str], by: str, at: datetime) -> str:
        """A token for a program; it is shown this once, and replaces the one of the same name."""
        asked, token = tuple(role for role in ROLES if role in set(roles)), secret.fresh_token()
        with self._lobby.write() as book:
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,31}", name):
                raise Refusal("person_name", name=name)
            if not asked or set(roles) - set(ROLES):
                raise Refusal("unknown_role", role=list(roles), known=list(ROLES))
            book.people.add_token(name, secret.digest(token), asked, by, at)
            book.note("token_added", at, by, token=name, roles=asked)
        return token

    def revoke(self, name: str, by: str, at: datetime) -> None:
        with self._lobby.write() as book:
            if name not in {row.name for row in book.people.tokens() if not row.revoked_at}:
                raise Refusal("unknown_token", token=name)
            book.people.revoke_token(name, at)
            book.note("token_revoked", at, by, token=name)

    def of(self, token: str) -> TokenRow:
        """The program that sent a token."""
        with self._lobby.read() as book:
            found = book.people.token(secret.digest(token))
            if found is None:
                raise Refusal("signed_out")
        return found
