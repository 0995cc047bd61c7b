"""What is held to a reader, as facts under the forms' own field ids.

A card's number tells the segment; on a form it is written into its field, anywhere else it is forgotten at once.
Nothing here is checked: staff look at the original.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.readings import Card, Code, Reading
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.mistakes import read_each
from lobbyline.lobby.forms.written import RESIDENT_ID
from lobbyline.lobby.settings.segments import recognised

FORM = "form="  # begins a code that holds a form: its id, then its fields, as in an address of the web


def profiles(setup: Setup) -> dict[str, ReaderProfile]:
    """The profile of every model that devices.toml names; ConfigError with all mistakes of all of them."""
    return read_each(ReaderProfile, setup.readers)


def facts(reading: Reading, branch: Branch) -> tuple[str, dict[str, str]]:
    """A reading as the model takes it: its kind, and what it tells."""
    if isinstance(reading, Code) and reading.text.startswith(FORM):
        return "form", {name: answer for name, answer in parse_qsl(reading.text) if answer.isprintable()}
    if isinstance(reading, Code):
        return "code", {"text": reading.text}
    if isinstance(reading, Card):
        return "card", {"card_no": reading.number, "segment": recognised(reading.number, branch.segments)}
    told = {"name": reading.name, "id_type": RESIDENT_ID, "id_no": reading.number, "nationality": "中国"}
    told |= {"birth": reading.birth, "addr": reading.address, "id_expiry": reading.until}
    return "id", {field: value for field, value in told.items() if value}
