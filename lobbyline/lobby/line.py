"""Who waits at one moment: tickets, open counters and settings brought together for the rule and the forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from lobbyline.lobby import forecast, policy
from lobbyline.lobby.branch import Branch, Counter
from lobbyline.lobby.forecast import Wait
from lobbyline.lobby.policy import Customer, Reason
from lobbyline.lobby.ticket import Ticket

NEWCOMER = 1 << 62  # stands for somebody who has no ticket yet: after every real id, so that he loses ties
LEAST_LEFT = 1.0  # minutes that a job over its expected time is still given


@dataclass(frozen=True)
class Line:
    """Waiting tickets and open counters at one moment."""

    branch: Branch
    tickets: Sequence[Ticket]
    counters: Sequence[Counter]
    serving: Mapping[int, Ticket]
    at: datetime

    def joined_by(self, ticket: Ticket) -> Line:
        """The line after somebody has joined it."""
        return replace(self, tickets=[*self.tickets, ticket])

    def ordered(self) -> list[Ticket]:
        """Everybody in the order of the rule."""
        return [self._by_id[customer.id] for customer in self._ordered]

    def next_for(self, counter: Counter) -> tuple[Ticket, Reason] | None:
        """Whom this counter calls now, and why; None when nobody waits for it."""
        able = [
            customer
            for customer, ticket in zip(self._customers, self.tickets, strict=True)
            if self.branch.can_serve(counter, ticket.service, ticket.queue)
        ]
        if not able:
            return None
        first = frozenset(counter.first)
        chosen = policy.order(able, self._hall, self.branch.policy, self.at, first)[0]
        return self._by_id[chosen.id], policy.reason(chosen, able, self.at, first)

    def ahead(self, ticket: Ticket) -> int:
        """How many of the ticket's own line are called before it."""
        own = [customer.id for customer in self._ordered if customer.queue == ticket.queue]
        return own.index(ticket.id) if ticket.id in own else 0

    def wait_of(self, ticket: Ticket) -> Wait:
        """The range for one waiting ticket; the shortest for one that does not wait any more."""
        return forecast.around(self._begins.get(ticket.id, 0))

    def waits(self) -> dict[int, Wait]:
        """The range for every waiting ticket, by id."""
        return {id: forecast.around(minutes) for id, minutes in self._begins.items()}

    def wait_for(self, service: str, segment: str) -> Wait:
        """The range for somebody who would take a number now."""
        newcomer = self._customer(NEWCOMER, "", service, self.branch.queue_of(service, segment), segment, self.at)
        expected = self._expected(self._order([*self._customers, newcomer]), {NEWCOMER: service})
        return forecast.around(expected[NEWCOMER])

    @cached_property
    def _ordered(self) -> list[Customer]:
        return self._order(self._customers)

    @cached_property
    def _begins(self) -> dict[int, float]:
        return self._expected(self._ordered)

    @cached_property
    def _by_id(self) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket in self.tickets}

    @cached_property
    def _hall(self) -> policy.Hall:
        return policy.Hall(counters=len(self.counters), waiting=len(self.tickets))

    @cached_property
    def _customers(self) -> list[Customer]:
        return [
            self._customer(
                ticket.id, ticket.number, ticket.service, ticket.queue, ticket.segment, ticket.arrived_at, ticket
            )
            for ticket in self.tickets
        ]

    def _customer(
        self,
        id: int,
        number: str,
        service: str,
        queue: str,
        segment: str,
        arrived_at: datetime,
        ticket: Ticket | None = None,
    ) -> Customer:
        line = self.branch.queues[queue]
        return Customer(
            id=id,
            number=number,
            queue=queue,
            arrived_at=arrived_at,
            returned_at=ticket.returned_at if ticket else None,
            minutes=self._minutes(service, ready=ticket is not None and ticket.ready),
            head_start=max(line.head_start, self.branch.segments[segment].head_start),
            max_wait=line.max_wait,
            overtaken=ticket.overtaken if ticket else 0,
            promise=ticket.promise if ticket else self.branch.policy.promise,
            served_by=len(self._able(service, queue)),
        )

    def _minutes(self, service: str, *, ready: bool) -> float:
        """Expected minutes at the counter; less when the form is filled."""
        return self.branch.services[service].minutes * (self.branch.policy.ready_share if ready else 1)

    def _able(self, service: str, queue: str) -> frozenset[int]:
        """The open counters that can do a service for a line; asked for every customer, so remembered.

        What no open counter can do is expected of those that could if they opened.
        """
        if (service, queue) not in self._known_able:
            for counters in (self.counters, self.branch.counters):
                able = [counter.number for counter in counters if self.branch.can_serve(counter, service, queue)]
                if able:
                    break
            self._known_able[service, queue] = frozenset(able)
        return self._known_able[service, queue]

    @cached_property
    def _known_able(self) -> dict[tuple[str, str], frozenset[int]]:
        return {}

    def _order(self, customers: Sequence[Customer]) -> list[Customer]:
        return policy.order(customers, self._hall, self.branch.policy, self.at)

    def _expected(self, customers: Sequence[Customer], newcomers: Mapping[int, str] | None = None) -> dict[int, float]:
        """Minutes until each customer of a line is called, from playing the rule forward."""
        services = {id: ticket.service for id, ticket in self._by_id.items()} | dict(newcomers or {})
        jobs = [
            forecast.Job(customer.id, customer.minutes, self._able(services[customer.id], customer.queue))
            for customer in customers
        ]
        counters = {counter.number for counter in self.counters}.union(*(job.counters for job in jobs))
        return forecast.waits(jobs, {number: self._left(number) for number in counters})

    def _left(self, counter: int) -> float:
        """Minutes until a counter is free."""
        ticket = self.serving.get(counter)
        if ticket is None or ticket.called_at is None:
            return 0.0
        elapsed = (self.at - ticket.called_at).total_seconds() / 60
        return max(LEAST_LEFT, self._minutes(ticket.service, ready=ticket.ready) - elapsed)
