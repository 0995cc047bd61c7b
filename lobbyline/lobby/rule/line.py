"""Who waits at one moment: tickets, open counters and settings brought together for the rule and the forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from lobbyline.lobby import hours
from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.rule import forecast, policy
from lobbyline.lobby.rule.crowd import Crowd, Customer, Kinds
from lobbyline.lobby.rule.forecast import NOTHING, Learned, Play, Wait
from lobbyline.lobby.rule.policy import Counters, Moment
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.ticket import Ticket

NEWCOMER = 1 << 62  # stands for somebody who has no ticket yet: after every real id, so that he loses ties
LEAST_LEFT = 1.0  # minutes that a job over its expected time is still given


@dataclass(frozen=True)
class Line:
    """Waiting tickets and open counters at one moment.

    `recent` tells of the latest calls, newest first, whether they count against privilege.
    """

    branch: Branch
    tickets: Sequence[Ticket]
    counters: Sequence[Counter]
    serving: Mapping[int, Ticket]
    at: datetime
    recent: Sequence[bool] = ()
    learned: Learned = NOTHING
    until: int | None = None  # the id of whom alone it is asked: nobody after him is played

    def joined_by(self, ticket: Ticket) -> Line:
        """The line after somebody has joined it, to be asked of him alone."""
        return replace(self, tickets=[*self.tickets, ticket], until=ticket.id)

    def ordered(self) -> list[Ticket]:
        """Everybody in call order."""
        return [self._by_id[id] for id in self._play.begins]

    def next_for(self, counter: Counter) -> tuple[Ticket, Reason] | None:
        """Whom this counter calls now, and why; None when nobody waits for it."""
        moment = Moment(self._crowd(), self._open_counters, self.recent, self._now, self._until_closing)
        choice = policy.choose(moment, counter.number)
        if choice is None:
            return None
        return self._by_id[choice.customer.id], policy.reason(moment, counter.number, choice)

    def ahead(self, ticket: Ticket) -> int:
        """How many of the ticket's own line are called before it."""
        own = [id for id in self._play.begins if self._by_id[id].queue == ticket.queue]
        return own.index(ticket.id) if ticket.id in own else 0

    def wait_of(self, ticket: Ticket) -> Wait:
        """The range for one waiting ticket; the shortest for one that does not wait any more."""
        return self._range(ticket.queue, self._play.begins.get(ticket.id, 0))

    def expected(self, ticket: Ticket) -> float:
        """Minutes until a waiting ticket is called, as the play has it: what later errors are counted from."""
        return self._play.begins.get(ticket.id, 0.0)

    def waits(self) -> dict[int, Wait]:
        """The range for every waiting ticket, by id."""
        return {id: self._range(self._by_id[id].queue, minutes) for id, minutes in self._play.begins.items()}

    def wait_for(self, service: str, segment: str) -> Wait:
        """The range for somebody who would take a number now."""
        queue = self.branch.queue_of(service, segment)
        kind = self._kinds.of(service, queue, segment, ready=False)
        newcomer = Customer(NEWCOMER, "", kind, self._now)
        return self._range(queue, self._play.joined_by(newcomer, self._open_counters))

    def _range(self, queue: str, minutes: float) -> Wait:
        return forecast.around(minutes, self.learned.errors.get(queue))

    @cached_property
    def _play(self) -> Play:
        free = {counter.number: self._left(counter.number) for counter in self.counters}
        crowd = self._crowd()
        for one in crowd.everybody():  # what no open counter can do waits for those that could if they opened
            able = self._open_counters.able(one.kind)
            if not able & free.keys():
                free |= {number: self._left(number) for number in able}
        return forecast.play(crowd, self._open_counters, free, self._now, self.recent, self._until_closing, self.until)

    @cached_property
    def _by_id(self) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket in self.tickets}

    @cached_property
    def _now(self) -> float:
        return self.at.timestamp() / 60

    @cached_property
    def _until_closing(self) -> float:
        """Minutes until the last window of the day ends; on a day without windows nothing ends."""
        local = self.at.astimezone(self.branch.zone)
        today = [hours.on(self.branch, own, local.date()) for own in self.branch.hours.values()]
        ends = [window.until for windows in today for window in windows]
        if not ends:
            return policy.FAR
        return (datetime.combine(local.date(), max(ends), self.branch.zone) - local).total_seconds() / 60

    @cached_property
    def _open_counters(self) -> Counters:
        return Counters(self.branch, self.counters)

    @cached_property
    def _kinds(self) -> Kinds:
        return Kinds(self.branch, self.learned.minutes)

    def _crowd(self) -> Crowd:
        """Everybody who waits, as the rule sees them; made anew, since a play uses it up."""
        crowd = Crowd()
        for ticket in self.tickets:
            crowd.add(self._customer(ticket))
        return crowd

    def _customer(self, ticket: Ticket) -> Customer:
        return Customer(
            id=ticket.id,
            number=ticket.number,
            kind=self._kinds.of(ticket.service, ticket.queue, ticket.segment, ready=ticket.ready),
            arrived=ticket.arrived_at.timestamp() / 60,
            returned=ticket.returned_at.timestamp() / 60 if ticket.returned_at else None,
            set_back=ticket.set_back / 60,
        )

    def _left(self, counter: int) -> float:
        """Minutes until a counter is free."""
        ticket = self.serving.get(counter)
        if ticket is None or ticket.called_at is None:
            return 0.0
        elapsed = (self.at - ticket.called_at).total_seconds() / 60
        kind = self._kinds.of(ticket.service, ticket.queue, ticket.segment, ready=ticket.ready)
        return max(LEAST_LEFT, kind.minutes - elapsed)
