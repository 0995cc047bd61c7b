"""What may be held to this kiosk: an ID card, a bank card, a code, each where one of its readers answers.

A slot that does not answer is never promised: where it would help, the customer is asked to type instead.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from lobbyline.kiosk.view import View, listed
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.settings.readers import Reader

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel

Kind = Literal["person", "card", "code"]
KINDS: tuple[Kind, ...] = ("person", "card", "code")
ICONS: dict[Kind, str] = {"person": "account", "card": "card", "code": "ticket"}
BY_PERSON = {"id", "id_type", "name", "birth", "addr", "id_expiry", "nationality"}  # kinds and names of fields


class Slots:
    """The readers of this kiosk as they fared last."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk = kiosk
        self._states: dict[str, str] = {}

    def look(self) -> None:
        """Read again how they fare; while the memory cannot be asked, what was known last stays."""
        with suppress(StoreError):
            self._states = {device.name: device.state for device in self.kiosk.lobby.devices.all()}

    def state(self, kind: Kind) -> str:
        """`ok` where one reader of this kind answers, `fault` where none does, empty where nothing is known of any."""
        readers = self.kiosk.lobby.setup.devices.readers
        states = {self._states.get(reader.name, "") for reader in readers if self.given(reader) == kind}
        return next((state for state in ("ok", "fault") if state in states), "")

    def given(self, reader: Reader) -> str:
        """What this reader gives: one of our kinds."""
        return str(self.kiosk.lobby.setup.readers[reader.model].data.get("gives", ""))

    def offered(self) -> View:
        """Everything that may be held to the first page."""
        words = self.kiosk.words_now()
        kinds = [kind for kind in KINDS if self.state(kind) == "ok"]
        things = listed([words[f"held_{kind}"] for kind in kinds], words)
        return {"icon": ICONS[kinds[0]], "text": words["hold"].format(things=things)} if kinds else {}

    def helping(self, kind: Kind) -> View:
        """What helps where this would have to be typed: the reader, or the keys while it does not answer."""
        state, words = self.state(kind), self.kiosk.words_now()
        if not state:
            return {}
        return {"icon": ICONS[kind] if state == "ok" else "pen", "text": words[f"hold_{kind}_{state}"]}

    def for_field(self, name: str, kind: str, *, coded: bool) -> View:
        """The same for a field of a form, which may be brought as a code; nothing for one that no reader fills."""
        if coded:
            return self.for_code()
        if kind == "card":
            return self.helping("card")
        return self.helping("person") if {name, kind} & BY_PERSON else {}

    def for_code(self) -> View:
        """Where a form that was filled in before is held to; nothing while the scanner does not answer."""
        words = self.kiosk.words_now()
        return {"icon": "ticket", "text": words["hold_form_ok"]} if self.state("code") == "ok" else {}
