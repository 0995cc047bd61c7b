"""The register of blank vouchers: every serial, who answers for it, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.ticket import Ticket


@dataclass(frozen=True)
class StockRow:
    """Blank vouchers of one kind that one person (or the vault, "") answers for."""

    kind: str
    holder: str
    stock: int
    first: int
    last: int


@dataclass(frozen=True)
class CountRow:
    """What two people counted by hand, and what the book said then."""

    kind: str
    holder: str
    counted: int
    book: int
    at: datetime

    @property
    def gap(self) -> int:
        """Vouchers too many (or too few) against the book."""
        return self.counted - self.book


class VoucherPages(Pages):
    """One serial number a row."""

    def add_vouchers(self, kind: str, serials: range, at: datetime) -> int:
        """Put serials into the vault; how many were new."""
        values = {"kind": kind, "at": micros(at)}
        return sum(len(self._rows.made("add_voucher", **values, serial=serial)) for serial in serials)

    def vouchers_held(self, kind: str, serials: range, holder: str) -> int:
        """How many of the serials somebody has in stock."""
        return self._count("vouchers_counted_by", "found", **self._range(kind, serials), holder=holder)

    def pass_vouchers(self, kind: str, serials: range, holder: str, receiver: str, at: datetime) -> None:
        values = {"holder": holder, "receiver": receiver, "at": micros(at)}
        self._rows.run("pass_vouchers", **self._range(kind, serials), **values)

    def void_vouchers(self, kind: str, serials: range, holder: str, at: datetime) -> None:
        self._rows.run("void_vouchers", **self._range(kind, serials), holder=holder, at=micros(at))

    def next_voucher(self, kind: str, holder: str) -> int | None:
        """The lowest serial somebody has: they are used in order."""
        row = self._rows.first("next_voucher", kind=kind, holder=holder)
        return int(row["serial"]) if row else None

    def use_voucher(self, kind: str, serial: int, ticket: Ticket, at: datetime) -> None:
        values = {"kind": kind, "serial": serial, "ticket": ticket.id, "at": micros(at)}
        self._rows.run("use_voucher", **values)

    def voucher_known(self, kind: str) -> bool:
        """Whether the register of a kind was ever begun."""
        return self._rows.first("voucher_known", kind=kind) is not None

    def voucher_stock(self) -> list[StockRow]:
        return [StockRow(**dict(row)) for row in self._rows.all("voucher_stock")]

    def voucher_states(self) -> dict[str, dict[str, int]]:
        """The whole register: how many of each kind are in stock, used, void."""
        states: dict[str, dict[str, int]] = {}
        for row in self._rows.all("voucher_states"):
            states.setdefault(row["kind"], {})[row["state"]] = row["vouchers"]
        return states

    def keep_voucher_count(
        self, kind: str, holder: str, counted: int, book: int, person: str, witness: str, at: datetime, day: date
    ) -> None:
        values = {"kind": kind, "holder": holder, "counted": counted, "book": book}
        people = {"person": person, "witness": witness, "at": micros(at)}
        self._rows.run("keep_voucher_count", **self._on(day), **values, **people)

    def voucher_counts(self, day: date) -> list[CountRow]:
        """The last count of a day, of each kind and holder."""
        rows = self._rows.all("voucher_counts", **self._on(day))
        return [
            CountRow(row["kind"], row["holder"], row["counted"], row["book"], self._time(row["at"])) for row in rows
        ]

    def _range(self, kind: str, serials: range) -> dict[str, Any]:
        return {"kind": kind, "first": serials[0], "last": serials[-1]}
