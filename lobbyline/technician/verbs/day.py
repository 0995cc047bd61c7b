"""The day's account: how it stands, and its end."""

from __future__ import annotations

from dataclasses import asdict

from lobbyline.lobby.day import Reckoning
from lobbyline.technician.call import DONE, REFUSED, Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.verbs.voucher import stock_data, stocks


def end(call: Call) -> Answer:
    """`lobbyline day end`: exits with 3 when a count does not agree, after the day was ended."""
    return _reckoning(call.lobby.day_end.end(call.at, call.options.by))


def show(call: Call) -> Answer:
    """`lobbyline day show`: how the day stands, without ending it."""
    found = _reckoning(call.lobby.day_end.look(call.at))
    return Answer(found.text, found.data)


def _reckoning(found: Reckoning) -> Answer:
    data = asdict(found) | {"day": found.day.isoformat(), "vouchers": [*map(stock_data, found.vouchers)]}
    data |= {"tickets_agree": found.tickets_agree, "vouchers_agree": found.vouchers_agree, "balanced": found.balanced}
    line = (
        f"{found.day}: {found.issued} issued = {found.done} done + {found.missed} missed + {found.abandoned} abandoned"
        f" + {found.void} void" + (f" + {found.left} not finished" if found.left else "")
    )
    return Answer(f"{line}\n{stocks(found.vouchers)}".rstrip(), data, DONE if found.balanced else REFUSED)


def words(top: Parser) -> None:
    """The command of this module."""
    days = top.command("day", show, "The day's numbers and vouchers accounted for.")
    days.command("show", show, "How the day stands.")
    days.command("end", end, "Void what is left, erase answers, account for the day.").by("day end")
