"""The vault: blank vouchers received, issued, given back, spoilt, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from lobbyline.lobby.counter.vouchers import Stock, Transfer
from lobbyline.technician.call import DONE, REFUSED, Answer, Call, counted
from lobbyline.technician.parser import Parser
from lobbyline.technician.terminal import table

# Each way of a range of serials, in a sentence.
WAYS = {
    "receive": "A range of serials comes into the vault.",
    "issue": "From the vault to the teller named by --with.",
    "give-back": "From the teller named by --by into the vault.",
    "void": "Spoilt vouchers of the teller named by --by.",
}


def voucher(call: Call) -> Answer:
    """`lobbyline voucher receive|issue|give-back|void KIND FIRST LAST --by WHO --with WHOM`."""
    options, register = call.options, call.lobby.vouchers
    ways = {
        "receive": register.receive,
        "issue": register.issue,
        "give-back": register.give_back,
        "void": register.void,
    }
    transfer = Transfer(options.kind, options.first, options.last, options.by, options.witness, call.at, options.key)
    moved = ways[options.way](transfer)
    return Answer(counted(moved, "voucher"), {"kind": options.kind, "vouchers": moved})


def count(call: Call) -> Answer:
    """`lobbyline voucher count KIND NUMBER [--holder WHO] --by WHO --with WHOM`; a gap exits with 3."""
    options = call.options
    stock = call.lobby.vouchers.count(
        options.kind, options.holder, options.counted, options.by, options.witness, call.at
    )
    return Answer(stocks([stock]), stock_data(stock), REFUSED if stock.gap else DONE)


def balance(call: Call) -> Answer:
    """`lobbyline voucher balance`."""
    found = call.lobby.vouchers.balance(call.at)
    return Answer(stocks(found) or "No vouchers are in stock.", [*map(stock_data, found)])


def stock_data(stock: Stock) -> dict[str, Any]:
    return asdict(stock) | {"gap": stock.gap}


def stocks(found: Iterable[Stock]) -> str:
    return table((stock.kind, stock.holder or "vault", stock.book, _counted(stock)) for stock in found)


def _counted(stock: Stock) -> str:
    counted = "not counted today" if stock.counted is None else f"counted {stock.counted}, gap {stock.gap}"
    return f"by the book, {counted}"


def words(top: Parser) -> None:
    """The command of this module."""
    vouchers = top.command("voucher", balance, "The register of blank vouchers.")
    for way, sentence in WAYS.items():
        moving = vouchers.command(way, voucher, sentence)
        moving.once().set_defaults(way=way)
        moving.add_argument("kind", metavar="KIND", help="of [vouchers] in branch.toml, such as card")
        moving.add_argument("first", metavar="FIRST", help="the first serial")
        moving.add_argument("last", metavar="LAST", help="the last serial")
        _witnessed(moving)
    counting = vouchers.command("count", count, "What two people counted, against the book.")
    counting.add_argument("kind", metavar="KIND", help="of [vouchers] in branch.toml, such as card")
    counting.add_argument("counted", metavar="NUMBER", type=int, help="how many there are")
    counting.add_argument("--holder", default="", metavar="WHO", help="whose stock; the vault unless given")
    _witnessed(counting)
    vouchers.command("balance", balance, "Every holder's stock by the book.")


def _witnessed(command: Parser) -> None:
    """Blank vouchers change hands before two people."""
    command.by(required=True)
    command.add_argument("--with", required=True, dest="witness", metavar="WHOM", help="the second person")
