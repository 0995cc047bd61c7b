"""A customer's hand for stand-in readers: `lobbyline standin reader`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.readers import standin
from lobbyline.kiosk import held
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.devices.standins import hand, plugged

ONE = {"card": "number", "code": "text"}  # what a single word is


def hold(call: Call) -> Answer:
    """Hold a card, a code or an ID card to a stand-in that runs."""
    options, setup = call.options, call.setup
    reader = next((one for one in plugged(setup) if one.name == options.name), None)
    if reader is None:
        known = ", ".join(one.name for one in plugged(setup)) or "none"
        raise DeviceError(f'There is no reader "{options.name}" on a line of devices.toml, only {known}')
    gives = held.profiles(setup)[reader.model].gives
    standin.hold(hand(call.data, reader.name), thing(options, ONE.get(gives, "")))
    return Answer(f"held to {reader.name}", {"reader": reader.name, "gives": gives})


def thing(options: Any, alone: str) -> dict[str, str]:
    """KEY=VALUE as given; a word alone is the card's number or the code's text."""
    pairs = [word.split("=", 1) if "=" in word else [alone, word] for word in options.value]
    if any(not key for key, _ in pairs) or (alone and not pairs):
        options.misused("say what is held: a number, a text, or for an ID card KEY=VALUE")
    return dict(pairs)


def add_standin(kinds: Any, common: Callable[[], ArgumentParser]) -> None:
    """The words of `lobbyline standin reader`."""
    sentence = "Hold something to a stand-in reader that runs."
    one = kinds.add_parser("reader", help=sentence, description=sentence, parents=[common()])
    one.add_argument("name", metavar="NAME", help="a reader of devices.toml")
    one.add_argument(
        "value", metavar="VALUE", nargs="*", help="a card's number, a code's text, or name=… number=… of an ID card"
    )
    one.set_defaults(run=hold)
