"""The lobby manager's tablet, the advice desks and the rating pad in a real browser."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import shown
from tests.conftest import copy_of_sample
from tests.patience import until
from tests.staff.sample import clock

__all__ = ["clock"]  # the fixtures

MINUTE = timedelta(minutes=1)
SECOND = """
[machines.kiosk-1]

[machines.kiosk-2]
printer = "second"

[[printers]]
name = "second"
at = "tcp://127.0.0.1:9101"
machine = "kiosk-2"
"""


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """The sample branch: it has care, advice desks and rating pads; and a second printer at a second kiosk."""
    folder = copy_of_sample(tmp_path / "branch")
    with (folder / "devices.toml").open("a", encoding="utf-8") as file:
        file.write(SECOND)
    return load(folder)


def take(lobby: Lobby, at: datetime, service: str = "W1") -> str:
    return lobby.reception.take(service, at, paper=False).ticket.number


def rated(lobby: Lobby, clock: Clock) -> int:
    """What the last customer of counter 2 pressed."""
    question = lobby.ratings.question(2, clock())
    return question.level if question else 0


def test_alerts_come_and_go(page: Page, crew: Lobby, clock: Clock) -> None:
    """An alert appears by itself, also in the title, is taken and done with a touch, and goes with its cause."""
    page.goto("/lobby?lang=en")
    expect(page).to_have_title("Lobby manager")
    alerts = page.locator("#alerts [data-kind]")
    expect(page.locator("#alerts")).to_have_text("All is well")
    first, second = (take(crew, clock() - 16 * MINUTE) for _ in range(2))
    expect(alerts.filter(has_text="has waited over 10 minutes")).to_have_count(1)
    expect(page).to_have_title("(2) Lobby manager")
    water = alerts.filter(has_text=f"bring water and something to read: {shown(first)} {shown(second)}")
    water.get_by_text("I go").click()
    expect(water).to_contain_text("李静 goes")
    water.get_by_text("Done").click()
    expect(water).to_have_count(0)
    for number in (first, second):
        crew.floor.leave(number, clock())
    expect(page.locator("#alerts")).to_have_text("All is well")


def test_a_phone_shakes_when_it_is_urgent(page: Page, crew: Lobby, clock: Clock) -> None:
    """Each red alert that comes while the page is open is felt, once; what was there before is not."""
    page.add_init_script("window.felt = 0; Object.assign(Navigator.prototype, { vibrate: () => (window.felt += 1) })")
    crew.reception.ask_help(clock())
    crew.lookout.look(clock())
    page.goto("/lobby?lang=en")
    alerts = page.locator("#alerts [data-level=red]")
    expect(alerts).to_have_count(1)
    assert page.evaluate("felt") == 0
    clock.ahead += MINUTE
    crew.reception.ask_help(clock())
    expect(alerts).to_have_count(2)
    assert page.evaluate("felt") == 1


def test_a_row_is_touched(page: Page, crew: Lobby, clock: Clock) -> None:
    """Care, move, void and restore: each two touches, and the list follows."""
    first, second = take(crew, clock()), take(crew, clock())
    page.goto("/lobby?lang=en")
    row = page.locator(f"[data-number={second}]")
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Needs care").click()
    expect(page.locator("#issued")).to_contain_text("waits with care now")
    expect(row).to_contain_text("Priority care")
    row.click()
    page.locator("#touches").get_by_text("Move").click()
    page.get_by_label("Move to").select_option("O1")
    page.locator("#ask-move .strong").click()
    expect(row).to_contain_text("Open an account")
    page.locator(f"[data-number={first}]").click()
    page.locator("#touches").get_by_text("Make void").click()
    page.get_by_label("Why void").fill("drawn twice")
    page.keyboard.press("Enter")
    expect(page.locator("#waiting tr")).to_have_count(1)
    assert crew.reception.find(first, clock()).ticket.state == "void"
    crew.desk(4).next(clock())
    crew.desk(4).absent(clock())
    page.locator("#tab-missed").click()
    row.click()
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("#missed-count")).to_have_text("0")
    assert crew.reception.find(second, clock()).ticket.state == "waiting"


def test_the_line_with_the_keyboard_alone(page: Page, crew: Lobby, clock: Clock) -> None:
    """One stop leads to the list, arrows through it, Enter to what may be done, Esc back; a change moves nothing."""
    first, second = take(crew, clock()), take(crew, clock())
    page.goto("/lobby?lang=en")
    row, other = (page.locator(f"[data-number={number}]") for number in (first, second))
    expect(page.locator("#waiting [tabindex='0']")).to_have_count(1)
    row.focus()
    page.keyboard.press("ArrowDown")
    expect(other).to_be_focused()
    take(crew, clock())
    expect(page.locator("#waiting tr")).to_have_count(3)
    expect(other).to_be_focused()
    expect(page.locator("#waiting [tabindex='0']")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(other).to_have_attribute("aria-selected", "true")
    expect(page.locator("#touches button:focus")).to_have_text("Move")
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    expect(other).to_be_focused()


def test_the_tabs_with_the_keyboard_alone(page: Page, crew: Lobby, clock: Clock) -> None:
    """One stop leads to the tabs, arrows from one to the next and round, Home and End to the outermost."""
    take(crew, clock())
    page.goto("/lobby?lang=en")
    opened = page.locator("[role=tab][aria-selected=true]")
    page.locator("#tab-waiting").focus()
    for key, name in (("ArrowRight", "missed"), ("End", "papers"), ("ArrowRight", "waiting"), ("ArrowLeft", "papers"),
                      ("Home", "waiting")):  # fmt: skip
        page.keyboard.press(key)
        expect(opened).to_have_id(f"tab-{name}")
        expect(opened).to_be_focused()
        expect(page.locator("[role=tab][tabindex='0']")).to_have_count(1)
        expect(page.locator("#list")).to_have_attribute("aria-labelledby", f"tab-{name}")
    page.keyboard.press("Tab")
    expect(page.locator("#waiting tr")).to_be_focused()


def test_what_cannot_be_done_is_said(page: Page, crew: Lobby, clock: Clock) -> None:
    """Somebody was quicker: the sentence stands beside the number, and nothing else happens."""
    number = take(crew, clock())
    page.goto("/lobby?lang=en")
    page.locator(f"[data-number={number}]").click()
    page.route("**/api/floor", lambda route: route.abort())
    crew.desk(1).next(clock())
    page.get_by_role("button", name="Needs care").click()
    expect(page.locator("#chosen-note")).to_contain_text("cannot be done")
    page.unroute("**/api/floor")
    expect(page.locator("#chosen")).to_be_hidden()


def test_back_office_and_suggestion(page: Page, crew: Lobby, clock: Clock) -> None:
    """Papers show whose hands they are in; a counter that is worth opening is named with what it saves."""
    crew.desk(5).open(clock(), teller="孙丽")
    number = take(crew, clock(), "B1")
    crew.desk(5).call(number, clock())
    crew.desk(5).intake(clock() - 7 * MINUTE)
    for _ in range(12):
        take(crew, clock())
    crew.desk(1).open(clock(), teller="李静")
    page.goto("/lobby?lang=en")
    expect(page.locator("#suggestion")).to_contain_text("12 people would wait")
    page.locator("#tab-papers").click()
    expect(page.locator("#papers tr")).to_contain_text("nobody yet")
    expect(page.locator("#papers tr")).to_contain_text("7 min")


def test_counters_at_a_glance(page: Page, crew: Lobby, clock: Clock) -> None:
    """Each counter with whom it serves, for how long and how busy; a free one is marked while somebody waits for it."""
    first, second = take(crew, clock() - 9 * MINUTE), take(crew, clock() - 8 * MINUTE)
    crew.desk(1).open(clock() - 9 * MINUTE, teller="李静")
    crew.desk(1).call(first, clock() - 6 * MINUTE)
    crew.desk(2).open(clock() - 2 * MINUTE, teller="王芳")
    page.goto("/lobby?lang=en")
    cells = page.locator("#counters li")
    expect(cells.nth(0)).to_contain_text(re.compile("6 min.*6[67]%"))
    expect(cells.nth(1)).to_have_class("wanted")
    expect(cells.nth(1)).to_contain_text("Free")
    expect(cells.nth(2)).to_contain_text("Closed")
    expect(page.locator("#idle")).to_contain_text("5 min today")
    cells.nth(0).get_by_role("button").click()
    expect(page.locator("#issued")).to_contain_text(f"{shown(first)} was called by number")
    crew.desk(2).next(clock())
    expect(cells.nth(1)).to_contain_text(second[-3:])
    expect(cells.nth(1)).not_to_have_class("wanted")


def test_a_complaint_joins_the_alerts(page: Page, crew: Lobby, clock: Clock) -> None:
    """Noted with two touches and a number, it is an alert like any other."""
    number = take(crew, clock())
    page.goto("/lobby?lang=en")
    page.get_by_text("Note a complaint").click()
    page.get_by_label("Unhappy about").select_option("wait")
    page.get_by_label("Number, if any").fill(number.lower())
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("[data-kind=complaint_of]")).to_contain_text(f"{shown(number)} is unhappy about the wait")
    expect(page.locator("#complaint")).to_be_hidden()


def test_an_adviser_says_what_came_of_it(page: Page, crew: Lobby, clock: Clock) -> None:
    """A referred customer appears, is seen, and ends with a code."""
    page.goto("/advice?lang=en")
    expect(page.locator("#waiting-none")).to_have_text("Nobody referred is waiting.")
    crew.desk(2, by="李静").open(clock())
    crew.desk(2, by="李静").call(take(crew, clock()), clock())
    crew.desk(2, by="李静").greet(clock())
    page.goto("/counter/2?lang=en")
    page.locator("#refer").click()
    page.get_by_label("Refer to").select_option("M3")
    page.locator("#panel-refer .plain").click()
    expect(page.locator("#number")).to_have_text("—")
    page.goto("/advice?lang=en")
    expect(page.locator("#waiting tr")).to_contain_text("2 · 李静")
    crew.desk(6).next(clock())
    page.get_by_role("button", name="Next meeting booked").click()
    expect(page.locator("[aria-pressed=true]")).to_have_text("Next meeting booked")
    assert crew.referrals.today(clock())[0].outcome == "appointment"


def test_a_pad_asks_every_time(page: Page, crew: Lobby, clock: Clock) -> None:
    """Bound by a manager, the tablet is signed out; it asks after each visit, thanks, and rests."""
    page.goto("/rating?lang=en")
    page.get_by_label("Counter").select_option("2")
    page.get_by_role("button", name="Make it the pad").click()
    expect(page.locator("#question")).to_have_text("Welcome")
    for level, word in ((4, "Very satisfied"), (1, "Dissatisfied")):
        number = take(crew, clock())
        crew.desk(2).call(number, clock())
        crew.desk(2).greet(clock())
        crew.desk(2).done(clock())
        page.get_by_role("button", name=word, exact=True).click()
        expect(page.locator("#question")).to_have_text("Thank you, goodbye")
        until(lambda level=level: rated(crew, clock) == level, "the rating is kept")  # type: ignore[misc]
        expect(page.locator("#question")).to_have_text("Welcome")
    page.goto("/lobby")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_papers_of_a_broken_printer_go_to_another(page: Page, crew: Lobby, clock: Clock) -> None:
    """Beside the printer that fails stands how many papers wait, and one touch lets another print them."""
    for _ in range(3):
        crew.reception.take("W1", clock())
    crew.devices.report("front", "printer", "fault", "The paper roll is empty.", clock())
    crew.devices.report("second", "printer", "ok", "", clock())
    page.goto("/lobby?lang=en")
    row = page.locator("#devices li")
    expect(row).to_contain_text("Papers waiting: 3")
    row.get_by_role("button", name="Print at").click()
    expect(page.locator("#issued")).to_contain_text(": 3")
    expect(row).not_to_contain_text("Papers waiting")
    assert crew.outbox.waiting() == {"second": 3}
