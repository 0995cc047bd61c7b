"""What can be wrong with a printer, and how each maker's firmware says it: faults in, bytes out."""

from __future__ import annotations

from typing import Literal, get_args

Fault = Literal["paper_out", "paper_low", "cover", "offline", "cutter", "jam", "exit"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
STOPPING = ("paper_out", "cover", "offline", "cutter", "jam")


def condition(fault: Fault | None, question: int, dialect: str) -> bytes:
    """The answer to `DLE EOT`, in the words of the maker; nothing to a question that it does not know."""
    if dialect == "custom":
        return custom_condition(fault) if question == 20 else b""
    if question not in (1, 2, 3, 4):
        return b""
    answer = (
        0x12
        | {
            1: 0x08 * (fault in STOPPING),
            2: 0x04 * (fault == "cover") | 0x20 * (fault == "paper_out") | 0x40 * (fault in ("cutter", "jam")),
            3: 0x08 * (fault == "cutter") | 0x40 * (fault == "jam"),
            4: 0x6C * (fault == "paper_out") | 0x0C * (fault == "paper_low"),
        }[question]
    )
    if question == 4 and dialect == "snbc":
        answer = 0x12 | 0x0C * (fault not in ("paper_out", "paper_low"))
    if question == 4 and dialect == "masung" and fault != "exit":
        answer &= ~0x02
    return bytes([answer])


def custom_condition(fault: Fault | None) -> bytes:
    """Six bytes: 10 0F, then paper, user, recoverable and unrecoverable errors."""
    paper = {"paper_out": 0x05, "paper_low": 0x04, "exit": 0x20}.get(fault or "", 0)
    bits = (paper, 0x02 * (fault == "cover"), 0x40 * (fault == "jam"), 0x01 * (fault == "cutter"))
    return b"\x10\x0f" + bytes(bits)


def report(fault: Fault | None) -> bytes:
    """The four bytes of an automatic report."""
    first = 0x10 | 0x08 * (fault in STOPPING) | 0x20 * (fault == "cover")
    paper = 0x0F * (fault == "paper_out") | 0x03 * (fault == "paper_low")
    return bytes([first, 0x08 * (fault == "cutter"), paper, 0])


def processed(fault: Fault | None) -> bytes:
    """The answer to `GS r 1`."""
    return bytes([0x0C * (fault == "paper_out") | 0x03 * (fault == "paper_low")])
