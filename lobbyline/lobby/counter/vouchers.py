"""The register of blank vouchers: every serial from the vault to a customer or to the shredder.

Two people stand behind every move between holders; serials are used in order; at day end the book's stock of every
holder must equal what was counted by hand. The vault is the holder without a name. A kind's register begins with
its first receipt: until then the control is only a person's word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.branch import VoucherKind
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby

VAULT = ""
MOST = 10_000  # serials in one receipt


@dataclass(frozen=True)
class Stock:
    """What the book says somebody has, and what was counted today (None: not yet, or moved since)."""

    kind: str
    holder: str
    book: int = 0
    first: str = ""
    last: str = ""
    counted: int | None = None

    @property
    def gap(self) -> int | None:
        """Vouchers too many (or too few) against the book."""
        return None if self.counted is None else self.counted - self.book


@dataclass(frozen=True)
class Transfer:
    """A range of serials, first and last included, that changes hands before two people; once for each key."""

    kind: str
    first: str
    last: str
    by: str
    witness: str
    at: datetime
    key: str | None = None


class Vouchers:
    """The register of one branch."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def receive(self, transfer: Transfer) -> int:
        """Into the vault; serials that were received before are refused."""

        def act(book: Book, serials: range) -> None:
            if book.add_vouchers(transfer.kind, serials, transfer.at) != len(serials):
                raise Refusal(
                    "vouchers_known", kind=self._name(transfer.kind), first=transfer.first, last=transfer.last
                )

        return self._once("received", transfer, act)

    def issue(self, transfer: Transfer) -> int:
        """From the vault to a teller, the witness, who signs for it."""
        return self._pass("issued", transfer, VAULT, transfer.witness)

    def give_back(self, transfer: Transfer) -> int:
        """From the teller who hands it over into the vault, which the witness keeps."""
        return self._pass("given_back", transfer, transfer.by, VAULT)

    def void(self, transfer: Transfer) -> int:
        """Spoilt vouchers of the teller who hands them over are cut through before a witness."""

        def act(book: Book, serials: range) -> None:
            self._must_have(book, transfer.kind, serials, transfer.by)
            book.void_vouchers(transfer.kind, serials, transfer.by, transfer.at)

        return self._once("void", transfer, act)

    def count(self, kind: str, holder: str, counted: int, by: str, witness: str, at: datetime) -> Stock:
        """Two people counted what a holder has; a gap is an error that stays in the log."""
        with self._lobby.write() as book:
            self._must_be_two(by, witness)
            self._kind(kind)
            known = {(one.kind, one.holder): one for one in self.stock(book, at)}
            stock = replace(known.get((kind, holder), Stock(kind, holder)), counted=counted)
            book.keep_voucher_count(kind, holder, counted, stock.book, by, witness, at, self._lobby.day(at))
            what = "voucher_gap" if stock.gap else "vouchers_counted"
            book.note(what, at, by, kind=kind, holder=holder, counted=counted, book=stock.book, witness=witness)
        return stock

    def balance(self, at: datetime) -> list[Stock]:
        """Every holder's stock by the book, beside today's count."""
        with self._lobby.read() as book:
            return self.stock(book, at)

    def stock(self, book: Book, at: datetime) -> list[Stock]:
        """By the book and by hand; whoever counted vouchers that the book does not know of is listed too.

        A count is of the vouchers that were there then: once the book says something else, it says nothing any more.
        """
        counts = {(one.kind, one.holder, one.book): one.counted for one in book.voucher_counts(self._lobby.day(at))}
        stock = [
            Stock(
                row.kind,
                row.holder,
                row.stock,
                self._written(row.kind, row.first),
                self._written(row.kind, row.last),
                counts.get((row.kind, row.holder, row.stock)),
            )
            for row in book.voucher_stock()
        ]
        held = {(one.kind, one.holder) for one in stock}
        unknown = [key for key in counts if key[:2] not in held and not key[2]]
        return stock + [Stock(kind, holder, counted=counts[kind, holder, said]) for kind, holder, said in unknown]

    def next_of(self, service: str, holder: str) -> str:
        """The serial that somebody would use next for a service; empty without a register or stock."""
        kind = self._lobby.branch.services[service].voucher
        with self._lobby.read() as book:
            serial = book.next_voucher(kind, holder) if kind else None
        return self._written(kind, serial) if serial is not None else ""

    def used(self, book: Book, ticket: Ticket, by: str, at: datetime) -> dict[str, object]:
        """The next serial of `by` goes to a ticket, in the transaction of its control."""
        kind = self._lobby.branch.services[ticket.service].voucher
        if not kind or not book.voucher_known(kind):
            return {}
        serial = book.next_voucher(kind, by)
        if serial is None:
            raise Refusal("no_vouchers", kind=self._name(kind), person=by)
        book.use_voucher(kind, serial, ticket, at)
        return {"kind": kind, "serial": self._written(kind, serial)}

    def _pass(self, what: str, transfer: Transfer, holder: str, receiver: str) -> int:
        def act(book: Book, serials: range) -> None:
            self._must_have(book, transfer.kind, serials, holder)
            book.pass_vouchers(transfer.kind, serials, holder, receiver, transfer.at)

        return self._once(what, transfer, act)

    def _once(self, what: str, transfer: Transfer, act: Callable[[Book, range], None]) -> int:
        """One transfer under two names, in one transaction; how many vouchers it moved."""
        asked = f"voucher {what} {transfer.kind} {transfer.first} {transfer.last}"
        with self._lobby.write() as book:
            earlier = once.answered(book, transfer.key, asked)
            if earlier is not None:
                return int(earlier["vouchers"])
            self._must_be_two(transfer.by, transfer.witness)
            serials = self._serials(transfer.kind, transfer.first, transfer.last)
            act(book, serials)
            book.note(
                f"vouchers_{what}", transfer.at, transfer.by,
                kind=transfer.kind, first=transfer.first, last=transfer.last, witness=transfer.witness,
            )  # fmt: skip
            once.keep(book, transfer.key, asked, {"vouchers": len(serials)}, transfer.at)
        return len(serials)

    def _must_be_two(self, by: str, witness: str) -> None:
        if not by.strip() or not witness.strip() or by.strip().casefold() == witness.strip().casefold():
            raise Refusal("two_people", person=by)

    def _must_have(self, book: Book, kind: str, serials: range, holder: str) -> None:
        if book.vouchers_held(kind, serials, holder) != len(serials):
            who = holder or self._lobby.setup.text("voucher", "vault")
            facts = {"first": self._written(kind, serials[0]), "last": self._written(kind, serials[-1])}
            raise Refusal("vouchers_not_held", kind=self._name(kind), person=who, **facts)

    def _serials(self, kind: str, first: str, last: str) -> range:
        digits = self._kind(kind).digits
        if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
            raise Refusal("serials", kind=self._name(kind), digits=digits, most=MOST)
        serials = range(int(first), int(last) + 1)
        if len(first) != digits or len(last) != digits or not 0 < len(serials) <= MOST:
            raise Refusal("serials", kind=self._name(kind), digits=digits, most=MOST)
        return serials

    def _kind(self, kind: str) -> VoucherKind:
        kinds = self._lobby.branch.vouchers
        if kind not in kinds:
            raise Refusal("unknown_voucher", kind=kind, known=list(kinds))
        return kinds[kind]

    def _name(self, kind: str) -> object:
        found = self._lobby.branch.vouchers.get(kind)
        return found.name if found else kind

    def _written(self, kind: str, serial: int) -> str:
        found = self._lobby.branch.vouchers.get(kind)
        return f"{serial:0{found.digits if found else 1}d}"
