"""What the lobby knows, as the pages read it: plain values, times as ISO, names in every language.

A ticket's token never leaves through here: it opens the customer's own pages and is on the paper only.
"""

from __future__ import annotations

from datetime import datetime

from lobbyline.lobby.branch import Branch, Counter, Text
from lobbyline.lobby.counter.desk import Standing
from lobbyline.lobby.counter.review import Review
from lobbyline.lobby.devices import DeviceState
from lobbyline.lobby.forms.form import Field
from lobbyline.lobby.forms.masks import grouped
from lobbyline.lobby.hall.view import Call, CounterView, HallView, QueueView, Waiting
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception.reception import Place
from lobbyline.lobby.rule.forecast import Wait
from lobbyline.lobby.store.pages.floor import AlertRow
from lobbyline.lobby.ticket import Ticket, shown
from lobbyline.staff.shape import shapes


def plain(number: str) -> str:
    """The number as the lobby writes it, however a teller typed it: "a 012" is A012."""
    return "".join(number.split()).upper()


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def names(text: Text) -> dict[str, str]:
    """A name in every language it was written in; the page takes its own, or the first."""
    return dict(text.root)


def ticket(ticket: Ticket, branch: Branch) -> shapes.Ticket:
    """One ticket, without its token."""
    return {
        "number": ticket.number,
        "shown": shown(ticket.number),
        "service": ticket.service,
        "service_name": names(branch.services[ticket.service].name),
        "queue": ticket.queue,
        "segment": ticket.segment,
        "segment_name": names(branch.segments[ticket.segment].name),
        "state": ticket.state,
        "step": ticket.step,
        "counter": ticket.counter,
        "calls": ticket.calls,
        "needs_form": bool(branch.services[ticket.service].forms),
        "ready": ticket.ready,
        "taken_at": moment(ticket.taken_at),
        "arrived_at": moment(ticket.arrived_at),
        "called_at": moment(ticket.called_at),
    }


def wait(wait: Wait) -> shapes.Wait:
    return {"low": wait.low, "high": wait.high}


def place(place: Place, branch: Branch) -> shapes.Place:
    """A ticket and where it stands."""
    return {
        "ticket": ticket(place.ticket, branch),
        "ahead": place.ahead,
        "wait": wait(place.wait),
        "counters": place.counters,
        "zone": names(place.zone),
    }


def waiting(entry: Waiting, branch: Branch) -> shapes.Waiting:
    """One line of the waiting list."""
    return {
        "ticket": ticket(entry.ticket, branch),
        "ahead": entry.ahead,
        "wait": wait(entry.wait),
        "overdue": entry.overdue,
    }


def sign(counter: Counter) -> shapes.Sign:
    return {"number": counter.number, "name": names(counter.name), "queues": counter.queues}


def standing(standing: Standing, lobby: Lobby) -> shapes.Standing:
    """What a verb left behind at the counter."""
    return {
        "counter": standing.counter,
        "state": standing.state,
        "teller": standing.teller,
        "ticket": ticket(standing.ticket, lobby.branch) if standing.ticket else None,
        "why": names(lobby.why(standing.why)),
    }


def serves(branch: Branch, counter: Counter, ticket: Ticket) -> bool:
    return branch.can_serve(counter, ticket.service, ticket.queue)


def value_of(field: Field, value: str) -> dict[str, str]:
    """A choice (or several) by name, long numbers in groups as on a card, anything else as it was written."""
    chosen = [names(field.choices[choice]) for choice in value.split(",") if choice in field.choices]
    if not chosen:
        return {"": grouped(field.kind, value)}
    return {language: "、".join(choice[language] for choice in chosen) for language in chosen[0]}


def call(call: Call) -> shapes.Call:
    return {"number": call.number, "shown": shown(call.number), "counter": call.counter, "at": moment(call.at)}


def queue(queue: QueueView) -> shapes.Queue:
    return {"letter": queue.letter, "name": names(queue.name), "waiting": queue.waiting, "wait": wait(queue.wait)}


def counter(counter: CounterView) -> shapes.Counter:
    """One counter as the hall sees it."""
    return {
        "number": counter.number,
        "name": names(counter.name),
        "state": counter.state,
        "ticket": counter.ticket,
        "shown": shown(counter.ticket) if counter.ticket else "",
        "ticket_state": counter.ticket_state,
    }


def hall(view: HallView, at: datetime) -> shapes.Hall:
    """What everyone may see."""
    return {
        "at": moment(at),
        "calls": [call(one) for one in view.calls],
        "queues": [queue(one) for one in view.queues],
        "counters": [counter(one) for one in view.counters],
        "soon": view.soon,
    }


def alert(row: AlertRow, lobby: Lobby, language: str) -> shapes.Alert:
    """One line of the lobby manager's list; the technician's own sentence stands beside the calm one."""
    counter = row.facts.get("counter")
    return {
        "id": row.id,
        "level": row.level,
        "kind": row.kind,
        "sentence": lobby.lookout.say(row, language),
        "detail": row.detail,
        "ticket": str(row.facts.get("ticket", "")),
        "counter": counter if isinstance(counter, int) else None,
        "taken_by": row.taken_by,
        "at": moment(row.since),
    }


def review(one: Review, branch: Branch) -> shapes.Review:
    """Papers in the back office with their hand-off times."""
    return {
        "ticket": ticket(one.ticket, branch),
        "counter": one.counter,
        "maker": one.maker,
        "handed_at": moment(one.handed_at),
        "reviewer": one.reviewer,
        "begun_at": moment(one.begun_at),
        "times_back": one.times_back,
    }


def device(device: DeviceState) -> shapes.Device:
    return {
        "name": device.name,
        "kind": device.kind,
        "state": device.state,
        "sentence": device.sentence,
        "face": device.face,
        "at": moment(device.at),
    }
