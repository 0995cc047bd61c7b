"""The journeys that customers make, each with the most touches it may cost; the bench prints what they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from lobbyline.drivers.readers.readings import Code
from lobbyline.kiosk.reading import facts
from lobbyline.lobby.lobby import open_lobby
from tests.kiosk.hand import Hand

ID = {  # nobody: a region and a sequence that are not given out
    "name": "张小景",
    "id_type": "居民身份证",
    "id_no": "110000199001010005",
    "birth": "1990-01-01",
    "addr": "北京市东城区某某路1号",
    "id_expiry": "2036-01-01",
    "nationality": "中国",
}


WIRE = {  # a company's standing order, made up
    "urgency": "普通",
    "org_name": "景祺商贸有限公司",
    "uscc": "91990000MA0000001B",
    "acct_no": "1100200030004000",
    "payee_name": "祺街服务有限公司",
    "payee_acct": "1100200030005000",
    "payee_bank": "某某银行上海分行",
    "payee_city": "上海市",
}


@dataclass(frozen=True)
class Journey:
    """One way through the kiosk, from home to where the customer may walk away."""

    name: str
    most: int
    walk: Callable[[Hand], None]


def withdraw(hand: Hand) -> None:
    hand.goes("service-W1", "bands")
    hand.goes("band-0", "ready")
    hand.goes("take", "number")


def withdraw_more(hand: Hand) -> None:
    hand.goes("service-W1", "bands")
    hand.goes("band-1", "number")


def open_account(hand: Hand) -> None:
    """Both forms of it, with the ID card on the reader: what stands on the card is never typed."""
    hand.model.read("id", ID)
    hand.goes("service-O1", "ready")
    hand.goes("take", "number")
    hand.goes("fill", "form")
    for key in "13800138000":
        hand.touches(f"key-{key}")
    for name in ("next", "choice-job-0", "next", "choice-account_class-0", "choice-card-0"):
        hand.touches(name)
    hand.goes("choice-sms_alert-0", "review")
    hand.touches("overleaf")
    hand.goes("confirm", "form")
    hand.goes("choice-tax_res-0", "review")
    hand.goes("confirm", "number")


def vip(hand: Hand) -> None:
    hand.model.read("card", {"card_no": "6299018800000001", "segment": "vip"})
    hand.goes("service-W1", "number")


def elder(hand: Hand) -> None:
    hand.goes("elder", "elder")
    hand.goes("service-E1", "number")


def company(hand: Hand) -> None:
    hand.goes("group-corporate", "group")
    hand.goes("service-B1", "number")


def wire_typed(hand: Hand) -> None:
    """The whole voucher by hand: names and numbers are typed, what the form suggests is touched."""
    _begin_wire(hand)
    _writes(hand, "jingqishangmao")
    _touches_words(hand, "有限公司")
    hand.types("acct_no", "1100200030004000")
    hand.touches("next")
    _writes(hand, "qijie", "fuwu")
    _touches_words(hand, "有限公司")
    hand.types("payee_acct", "1100200030005000")
    hand.touches("field-payee_city")
    _touches_words(hand, "上海")
    hand.touches("field-payee_bank")
    _touches_words(hand, "工商银行", "上海分行")
    hand.touches("next")
    _amount_and_purpose(hand)
    _confirms(hand)


def wire_coded(hand: Hand) -> None:
    """The voucher brought as a code, as the company's own system made it: amount and purpose are written here."""
    hand.model.read(*facts(Code(f"form=F11&{urlencode(WIRE)}"), hand.lobby.branch))
    _begin_wire(hand)
    _amount_and_purpose(hand)
    _confirms(hand)


def _begin_wire(hand: Hand) -> None:
    hand.goes("group-corporate", "group")
    hand.goes("service-B2", "number")
    hand.goes("fill", "form")


def _amount_and_purpose(hand: Hand) -> None:
    for key in ("1", "8", "000"):
        hand.touches(f"key-{key}")
    hand.touches("field-purpose")
    _touches_words(hand, "货款")


def _touches_words(hand: Hand, *suggestions: str) -> None:
    """Suggestions, each where it stands on the strip."""
    for words in suggestions:
        names = {each["label"]: each["name"] for each in hand.told("keyboard")["candidates"]}
        hand.touches(names[words])


def _writes(hand: Hand, *syllables: str) -> None:
    """Chinese into the field in hand: each part by its sound, and its first candidate."""
    for part in syllables:
        for key in (*part, "space"):
            hand.touches(f"key-{key}")


def _confirms(hand: Hand) -> None:
    hand.goes("next", "review")
    if hand.told("reviewGoesOn"):
        hand.touches("overleaf")
    hand.goes("confirm", "number")


def wrong_line(hand: Hand) -> None:
    _scan(hand, hand.lobby.reception.take("W1", hand.clock()).ticket.token)
    hand.goes("change", "change")
    hand.goes("service-O1", "number")


def missed(hand: Hand) -> None:
    ticket = hand.lobby.reception.take("W1", hand.clock()).ticket
    lobby, at = open_lobby(hand.lobby.setup, hand.lobby.data), hand.clock()
    desk = lobby.desk(1)
    desk.open(at)
    desk.next(at)
    desk.absent(at)
    lobby.close()
    _scan(hand, ticket.token)
    hand.touches("restore")
    hand.qtbot.waitUntil(lambda: bool(hand.waiting()))


def no_paper(hand: Hand) -> None:
    hand.lobby.devices.report("front", "printer", "fault", "out of paper", hand.clock())
    hand.goes("service-M3", "ready")
    hand.goes("take", "number")
    hand.qtbot.waitUntil(lambda: hand.reads("paper") != "")
    hand.goes("done", "home")


def unsure(hand: Hand) -> None:
    hand.goes("unsure", "unsure")
    hand.touches("answer-1")
    hand.qtbot.waitUntil(lambda: len(hand.model.visit.questions) == 2)
    hand.goes("answer-1", "ready")


def _scan(hand: Hand, token: str) -> None:
    hand.model.read("code", {"text": token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")


JOURNEYS = (
    Journey("withdraw, up to 20,000", 3, withdraw),
    Journey("withdraw, 20,000 to 50,000", 2, withdraw_more),
    Journey("account opened, both forms filled", 25, open_account),
    Journey("VIP recognised by card", 1, vip),
    Journey("elder", 2, elder),
    Journey("company settlement", 2, company),
    Journey("company wire, voucher brought as a code", 10, wire_coded),
    Journey("company wire, whole voucher typed", 79, wire_typed),
    Journey("wrong line mended by its owner", 2, wrong_line),
    Journey("missed number restored", 1, missed),
    Journey("printer out of paper", 3, no_paper),
    Journey("not sure, to the right service", 3, unsure),
)
