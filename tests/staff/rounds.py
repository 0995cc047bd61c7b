"""One busy morning in which every page of the staff has something to show, and a walk past all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.counter.vouchers import Transfer
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people.roster import ROLES

MINUTE = timedelta(minutes=1)
SEATED = {1: "李静", 2: "王芳", 5: "孙丽"}
# What is touched on a page, and what then stands there.
TOUCHES = {
    "counter-called": (("#look", ".paper dd"), ("[data-do=put_right]", ".edit input"), ("#move", "#panel-move")),
    "lobby": (("#waiting tr", "#chosen .number"), (".complaint summary", ".complaint select"),
              ("#tab-missed", "#waiting tr"), ("#tab-papers", "#papers tr")),
    "work": (("[data-do=refuse]", ".why-not input"),),
    "people": (("[data-change]", ".editor input"), ("[data-leave]", ".really")),
    "rating": (("form button", "#question"),),
    "reports": (("#card-classes summary", "#card-classes tbody tr"),),
}  # fmt: skip
CARD = ("card", "00000101", "00000200")


def busy(lobby: Lobby, clock: Clock) -> None:
    """Customers at counters, in the line, aside and unhappy; papers, requests, vouchers; a printer without paper."""
    at = clock()
    lobby.people.change("lijing", list(ROLES[:-1]), [], "陈伟", at)
    lobby.people.leave("chenwei", "李静", at)
    lobby.vouchers.receive(Transfer(*CARD, "李静", "王芳", at - 30 * MINUTE))
    lobby.vouchers.issue(Transfer("card", "00000101", "00000110", "李静", "王芳", at - 25 * MINUTE))
    lobby.vouchers.count("card", "王芳", 9, "李静", "王芳", at)
    past(lobby, clock)
    for counter, service in ((1, "W1"), (2, "O1"), (5, "B1")):
        called(lobby, clock, counter, service)
    lobby.desk(2).confirm(at)
    lobby.authorisations.ask(2, "王芳", at - 12 * MINUTE)
    lobby.desk(5).intake(at - 7 * MINUTE)
    for minutes in (25, 16, 12, 9, 5, 2, 1):
        lobby.reception.take("W1" if minutes % 2 else "O1", at - minutes * MINUTE, paper=False)
    lobby.reception.ask_help(at)
    lobby.complaints.note("wait", at, "李静")
    lobby.devices.report("front", "printer", "fault", "front: the paper is out", at, "paper_out")
    lobby.devices.report("counter-1", "board", "warn", "It answers late.", at)
    lobby.lookout.look(at)


def past(lobby: Lobby, clock: Clock) -> None:
    """Visits that have ended: rated, missed, put aside, referred, left."""
    begun = clock() - 50 * MINUTE
    for n, end in enumerate(("done", "done", "absent", "hold", "refer")):
        at = begun + 4 * n * MINUTE
        number = lobby.reception.take("W1", at - 6 * MINUTE, paper=False).ticket.number
        desk = lobby.desk(1, by="李静")
        if n == 0:
            desk.open(at)
        desk.call(number, at)
        if end != "absent":
            desk.greet(at)
        ends(desk, end, at + 3 * MINUTE)
        if end == "done":
            lobby.ratings.give(1, 4 - n, at + 3 * MINUTE)


def ends(desk: Desk, end: str, at: datetime) -> None:
    if end == "refer":
        desk.refer("M3", at)
    else:
        {"done": desk.done, "absent": desk.absent, "hold": desk.hold}[end](at)


def called(lobby: Lobby, clock: Clock, counter: int, service: str) -> None:
    """Somebody stands at the counter, with a form that was filled where there is one."""
    at = clock()
    place = lobby.reception.take(service, at - 8 * MINUTE, paper=False)
    if service == "W1":
        lobby.reception.fill(place.ticket, "F02", {"name": "张小景", "card_no": "6299000000000007", "amt": "2000"}, at)
    desk = lobby.desk(counter, by=SEATED[counter])
    if desk.standing(at).state == "closed":
        desk.open(at)
    desk.call(place.ticket.number, at)


def rounds(page: Page, lobby: Lobby, language: str) -> Iterator[str]:
    """Every page of whoever may do everything, by name, as soon as it shows what it should."""
    version = lobby.setup.version
    for name, address, there in (
        ("choose", "/", "#places a, .places a"),
        ("counter-called", "/counter/1", "#number"),
        ("counter-controls", "/counter/2", "#controls li"),
        ("counter-closed", "/counter/3", "#primary"),
        ("lobby", "/lobby", "#waiting tr"),
        ("work", "/work", "#papers li"),
        ("people", "/people", "#people tr, .roster tbody tr"),
        ("advice", "/advice", "#waiting tr"),
        ("reports", "/reports", "svg"),
        ("reports-day", "/reports/day", ".account"),
        ("reports-number", "/reports/number?number=A006", ".life li"),
        ("reports-versions", f"/reports/versions?one={version}&other={version}", "table"),
        ("reports-plan", "/reports/plan", "svg"),
        ("rating", "/rating", "button"),  # the last: a tablet that became a pad is signed out
    ):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        expect(page.locator(there).first).to_be_visible()
        yield name
        yield from closer(page, name)


def closer(page: Page, name: str) -> Iterator[str]:
    """What a touch opens on a page."""
    for opens, there in TOUCHES.get(name, ()):
        page.locator(opens).first.click()
        expect(page.locator(there).first).to_be_visible()
        yield f"{name}, {opens}"


def doors(page: Page, lobby: Lobby, language: str) -> Iterator[str]:
    """Pages for whoever is not signed in: the first account of all, and signing in."""
    page.goto(f"/first?lang={language}")
    expect(page.locator("form input").first).to_be_visible()
    yield "first"
    lobby.people.add("zhougang", "周刚", ("branch_manager",), "", datetime.now(lobby.branch.zone), own="amber-7-kettle")
    page.goto(f"/sign-in?lang={language}")
    page.locator("#name").fill("zhougang")
    yield "sign-in"
    page.locator("#secret").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".door .note")).not_to_be_empty()
    yield "sign-in, wrong"
