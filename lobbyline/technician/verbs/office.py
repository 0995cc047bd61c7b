"""The lobby manager, the back office, the vault and the end of a day, by command: each is one transaction."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from lobbyline.lobby.counter.review import Paper
from lobbyline.lobby.counter.vouchers import Stock
from lobbyline.lobby.day import Reckoning
from lobbyline.lobby.ticket import Ticket
from lobbyline.technician.call import REFUSED, Answer, Call

Add = Callable[..., argparse.ArgumentParser]
Common = Callable[[], argparse.ArgumentParser]


def restore(call: Call) -> Answer:
    """`lobbyline restore TICKET`."""
    return _ticket(call.lobby.floor.restore(call.options.ticket, call.at, _by(call), call.options.key))


def move(call: Call) -> Answer:
    """`lobbyline move TICKET SERVICE`."""
    options = call.options
    return _ticket(call.lobby.floor.move(options.ticket, options.service, call.at, _by(call), options.key))


def leave(call: Call) -> Answer:
    """`lobbyline leave TICKET`: the customer has gone."""
    return _ticket(call.lobby.floor.leave(call.options.ticket, call.at, _by(call), call.options.key))


def void(call: Call) -> Answer:
    """`lobbyline void TICKET --by WHO --reason WHY`."""
    options = call.options
    return _ticket(call.lobby.floor.void(options.ticket, options.reason, call.at, options.by, options.key))


def book(call: Call) -> Answer:
    """`lobbyline appointment book SERVICE TIME`."""
    options = call.options
    time = options.time.replace(tzinfo=options.time.tzinfo or call.setup.branch.zone)
    ticket = call.lobby.booking.book(options.service, time, call.at, _by(call), options.key)
    data = {"ticket": ticket.number, "service": ticket.service, "time": time.isoformat(), "token": ticket.token}
    return Answer(f"{ticket.number}  {time:%Y-%m-%d %H:%M}", data)


def arrive(call: Call) -> Answer:
    """`lobbyline appointment arrive TICKET`."""
    place = call.lobby.booking.arrive(call.options.ticket, call.at, call.options.key, paper=False)
    return _ticket(place.ticket)


def booked(call: Call) -> Answer:
    """`lobbyline appointment list`: today's that have not come yet."""
    found = call.lobby.booking.list(call.at)
    data = [_told(ticket) | {"time": ticket.arrived_at.isoformat()} for ticket in found]
    lines = [f"{ticket.arrived_at:%H:%M}  {ticket.number}  {ticket.service}" for ticket in found]
    return Answer("\n".join(lines) or "No appointments are left today.", data)


def times(call: Call) -> Answer:
    """`lobbyline appointment times SERVICE DAY`."""
    day = call.options.day.replace(tzinfo=call.options.day.tzinfo or call.setup.branch.zone)
    found = call.lobby.booking.times(call.options.service, day, call.at)
    return Answer(" ".join(f"{time:%H:%M}" for time in found), [time.isoformat() for time in found])


def reviews(call: Call) -> Answer:
    """`lobbyline review list`."""
    found = call.lobby.review.list(call.at)
    return Answer("\n".join(_paper_line(paper) for paper in found) or "Nothing to review.", [*map(_paper, found)])


def review(call: Call) -> Answer:
    """`lobbyline review take|pass|return TICKET --by WHO`."""
    options, desk = call.options, call.lobby.review
    if options.verb == "take":
        paper = desk.take(options.ticket, options.by, call.at, options.key)
    elif options.verb == "pass":
        paper = desk.pass_(options.ticket, options.by, call.at, recall=not options.done, key=options.key)
    else:
        paper = desk.send_back(options.ticket, options.by, options.reason, call.at, options.key)
    return Answer(_paper_line(paper), _paper(paper))


def voucher(call: Call) -> Answer:
    """`lobbyline voucher receive|issue|give-back|void KIND FIRST LAST --by WHO --with WHOM`."""
    options, register = call.options, call.lobby.vouchers
    verbs = {
        "receive": register.receive,
        "issue": register.issue,
        "give-back": register.give_back,
        "void": register.void,
    }
    act = verbs[options.verb]
    moved = act(options.kind, options.first, options.last, options.by, options.witness, call.at, options.key)
    return Answer(f"{moved} vouchers", {"kind": options.kind, "vouchers": moved})


def count(call: Call) -> Answer:
    """`lobbyline voucher count KIND NUMBER [--holder WHO] --by WHO --with WHOM`; a gap exits with 3."""
    options = call.options
    stock = call.lobby.vouchers.count(
        options.kind, options.holder, options.counted, options.by, options.witness, call.at
    )
    return Answer(_stock_line(stock), _stock(stock), REFUSED if stock.gap else 0)


def balance(call: Call) -> Answer:
    """`lobbyline voucher balance`."""
    found = call.lobby.vouchers.balance(call.at)
    return Answer("\n".join(map(_stock_line, found)) or "No vouchers are in stock.", [*map(_stock, found)])


def day_end(call: Call) -> Answer:
    """`lobbyline day end`: exits with 3 when a count does not agree, after the day was ended."""
    return _reckoning(call.lobby.day_end.end(call.at, call.options.by or "day end"))


def day_show(call: Call) -> Answer:
    """`lobbyline day show`: how the day stands, without ending it."""
    found = _reckoning(call.lobby.day_end.look(call.at))
    return Answer(found.text, found.data)


def add_office(add: Add, common: Common) -> None:
    """The subcommands of this module."""
    for name, run, sentence in (
        ("restore", restore, "A missed or held number goes back into the line."),
        ("leave", leave, "The customer has left."),
        ("void", void, "Make a number void."),
    ):
        signed(add(name, run, sentence)).add_argument("ticket", metavar="TICKET")
    moving = signed(add("move", move, "A waiting number goes to another service."))
    moving.add_argument("ticket", metavar="TICKET")
    moving.add_argument("service", metavar="SERVICE")
    _add_appointments(kinds(add("appointment", booked, "Appointments.")), common)
    _add_reviews(kinds(add("review", reviews, "The back office.")), common)
    _add_vouchers(kinds(add("voucher", balance, "The register of blank vouchers.")), common)
    days = kinds(add("day", day_show, "The day's tickets and vouchers accounted for."))
    signed(kind(days, common, "end", day_end, "Void what is left, erase answers, account for the day."))
    kind(days, common, "show", day_show, "How the day stands.")


def _add_appointments(kinds: Any, common: Common) -> None:
    booking = signed(kind(kinds, common, "book", book, "Book a time."))
    booking.add_argument("service", metavar="SERVICE")
    booking.add_argument("time", metavar="TIME", type=_moment)
    signed(kind(kinds, common, "arrive", arrive, "The customer has come.")).add_argument("ticket", metavar="TICKET")
    signed(kind(kinds, common, "cancel", leave, "The customer will not come.")).add_argument("ticket", metavar="TICKET")
    free = kind(kinds, common, "times", times, "Free times of a day.")
    free.add_argument("service", metavar="SERVICE")
    free.add_argument("day", metavar="DAY", type=_moment)
    kind(kinds, common, "list", booked, "Today's that have not come yet.")


def _add_reviews(kinds: Any, common: Common) -> None:
    kind(kinds, common, "list", reviews, "What waits for a review, oldest first.")
    for verb, sentence in (
        ("take", "Begin with a ticket's papers."),
        ("pass", "They are right: call the customer again."),
        ("return", "They are not right: back to a counter, with a reason."),
    ):
        command = signed(kind(kinds, common, verb, review, sentence))
        command.set_defaults(verb=verb)
        command.add_argument("ticket", metavar="TICKET")
        command.add_argument("--done", action="store_true", help="with pass: the customer need not come back")


def _add_vouchers(kinds: Any, common: Common) -> None:
    for verb, sentence in (
        ("receive", "A range of serials comes into the vault."),
        ("issue", "From the vault to the teller named by --with."),
        ("give-back", "From the teller named by --by into the vault."),
        ("void", "Spoilt vouchers of the teller named by --by."),
    ):
        command = _witnessed(kind(kinds, common, verb, voucher, sentence))
        command.set_defaults(verb=verb)
        for name in ("kind", "first", "last"):
            command.add_argument(name, metavar=name.upper())
    counting = _witnessed(kind(kinds, common, "count", count, "What two people counted, against the book."))
    counting.add_argument("kind", metavar="KIND")
    counting.add_argument("counted", metavar="NUMBER", type=int)
    counting.add_argument("--holder", default="", metavar="WHO", help="whose stock; the vault unless given")
    kind(kinds, common, "balance", balance, "Every holder's stock by the book.")


def kinds(command: argparse.ArgumentParser) -> Any:
    return command.add_subparsers(dest="kind_of", metavar="WHAT")


def kind(kinds: Any, common: Common, name: str, run: Callable[[Call], Answer], sentence: str) -> Any:
    command = kinds.add_parser(name, help=sentence, description=sentence, parents=[common()])
    command.set_defaults(run=run)
    return command


def signed(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--by", default="", metavar="WHO", help="whose decision it is")
    command.add_argument("--reason", default="", metavar="WHY")
    command.add_argument("--key", help="the same key twice does it once")
    return command


def _witnessed(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    signed(command).add_argument("--with", default="", dest="witness", metavar="WHOM", help="the second person")
    return command


def _by(call: Call) -> str:
    return call.options.by or "staff"


def _ticket(ticket: Ticket) -> Answer:
    return Answer(f"{ticket.number}  {ticket.state}", _told(ticket))


def _told(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket.number,
        "service": ticket.service,
        "queue": ticket.queue,
        "state": ticket.state,
        "taken_at": ticket.taken_at.isoformat(),
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return _told(paper.ticket) | {
        "maker": paper.maker,
        "counter": paper.counter,
        "handed_at": paper.handed_at.isoformat(),
        "reviewer": paper.reviewer,
        "begun_at": paper.begun_at.isoformat() if paper.begun_at else None,
        "times_back": paper.times_back,
    }


def _paper_line(paper: Paper) -> str:
    who = paper.reviewer or "nobody yet"
    return (
        f"{paper.ticket.number}  {paper.ticket.state:<8} handed in {paper.handed_at:%H:%M} by {paper.maker}, with {who}"
    )


def _stock(stock: Stock) -> dict[str, Any]:
    return asdict(stock) | {"gap": stock.gap}


def _stock_line(stock: Stock) -> str:
    counted = "not counted today" if stock.counted is None else f"counted {stock.counted}, gap {stock.gap}"
    return f"{stock.kind:<10} {stock.holder or 'vault':<10} {stock.book:>6} by the book, {counted}"


def _reckoning(found: Reckoning) -> Answer:
    data = asdict(found) | {"day": found.day.isoformat(), "vouchers": [*map(_stock, found.vouchers)]}
    data |= {"tickets_agree": found.tickets_agree, "vouchers_agree": found.vouchers_agree, "balanced": found.balanced}
    line = (
        f"{found.day}: {found.issued} issued = {found.done} done + {found.missed} missed + {found.abandoned} abandoned"
        f" + {found.void} void" + (f" + {found.left} not finished" if found.left else "")
    )
    return Answer("\n".join([line, *map(_stock_line, found.vouchers)]), data, 0 if found.balanced else REFUSED)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2026-11-24T10:15") from error
