"""A small branch with a real store for the tests of the hall, and what its tellers do there."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby

ZONE = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)  # a Tuesday

BRANCH = """
id = "test-street"
name = { zh = "试验街支行", en = "Test Street Branch" }

[hours.personal]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]

[groups]
personal = { zh = "个人业务", en = "Personal" }

[queues.A]
name = { zh = "快速现金", en = "Quick cash" }
zone = { zh = "A区", en = "Zone A" }

[queues.B]
name = { zh = "开户签约", en = "Accounts and sign-up" }
zone = { zh = "B区", en = "Zone B" }

[queues.C]
name = { zh = "对公业务", en = "Corporate" }
zone = { zh = "C区", en = "Zone C" }

[queues.L]
name = { zh = "爱心优先", en = "Care" }
zone = { zh = "A区前排", en = "Zone A, front" }

[segments.ordinary]
name = { zh = "普通", en = "Ordinary" }

[segments.care]
name = { zh = "爱心", en = "Care" }
queue = "L"
elder = true

[services.W1]
name = { zh = "取款", en = "Withdraw" }
queue = "A"
complexity = "quick"
minutes = 3

[services.O1]
name = { zh = "开户", en = "Open an account" }
queue = "B"
complexity = "forms"
minutes = 15

[services.B1]
name = { zh = "支票进账", en = "Cheque deposit" }
queue = "C"
hours = "{hours}"
complexity = "settlement"
minutes = 6

[screen]
notices = [
    { zh = "请照看好随身物品。", en = "Please mind your belongings." },
    { zh = "爱心、预约、贵宾号可能先于您办理。", en = "Care, booked and VIP numbers may be served before yours." },
]
"""
COUNTER = """
[[counters]]
number = {number}
name = {{ zh = "{zh}", en = "{en}" }}
queues = ["A", "B", "C", "L"]
"""
COUNTERS = (
    (1, "快速现金", "Quick cash"),
    (2, "现金", "Cash"),
    (3, "爱心窗口", "Care counter"),
    (4, "开户签约", "Accounts"),
    (5, "对公", "Corporate"),
    (6, "理财", "Advice"),
    (12, "贵宾室", "VIP room"),
)


class Still(Clock):
    """A clock that stands still until somebody sets it."""

    def __init__(self, at: datetime = TEN) -> None:
        super().__init__(ZONE)
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def branch_folder(folder: Path, more: str = "", service_hours: str = "personal") -> Path:
    """A branch's folder in `folder`, with more settings at its end and the hours of its corporate service."""
    folder.mkdir(parents=True, exist_ok=True)
    branch = BRANCH.replace("{hours}", service_hours)
    counters = "".join(COUNTER.format(number=number, zh=zh, en=en) for number, zh, en in COUNTERS)
    (folder / "branch.toml").write_text(branch + counters + more, encoding="utf-8")
    return folder


def open_hall(folder: Path, more: str = "", service_hours: str = "personal") -> Lobby:
    """The branch with its own store; open it twice and it is two programs on one machine."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    return open_lobby(load(branch_folder(folder / "branch", more, service_hours)), data)


def take(lobby: Lobby, service: str, at: datetime, segment: str = "ordinary") -> str:
    return lobby.reception.take(service, at, segment).ticket.number


def call_next(lobby: Lobby, counter: int, at: datetime) -> str:
    """The counter opens if it is closed and calls whom the rule says; whoever was there is finished first."""
    desk = lobby.desk(counter)
    if desk.standing(at).state == "closed":
        desk.open(at, teller="Li")
    ticket = desk.next(at).ticket
    assert ticket is not None
    return ticket.number


def call_one(lobby: Lobby, counter: int, at: datetime) -> str:
    """A customer takes a number for cash and is called at once."""
    take(lobby, "W1", at)
    return call_next(lobby, counter, at)


def later(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)
