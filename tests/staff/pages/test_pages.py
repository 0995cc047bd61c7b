"""The pages in a real browser, against the real program and store: what a teller and a lobby manager do all day."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import Program, keep, signed_in, watched


@pytest.fixture
def line(crew: Lobby, clock: Clock) -> Lobby:
    """Three people who wait for cash, and counter 1 open."""
    for _ in range(3):
        crew.reception.take("W1", clock())
    crew.desk(1).open(clock(), teller="李静")
    return crew


def rested(page: Page) -> None:
    """The keys are ready: the answer is here and a double click would be over."""
    page.wait_for_selector("#primary[aria-disabled=false]")


def number(page: Page, shown: str) -> None:
    """The number at the counter is this one, with its thin space."""
    expect(page.locator("#number")).to_have_text(shown.replace(" ", "\u2009"))


def waiting(lobby: Lobby, clock: Clock) -> list[str]:
    return [entry.ticket.number for entry in lobby.hall.waiting(clock())]


def events_of(lobby: Lobby, clock: Clock, state: str) -> list[str]:
    """Numbers that are in this state at a counter."""
    counters = lobby.hall.view(clock()).counters
    return [counter.ticket for counter in counters if counter.ticket_state == state]


def test_a_tellers_walk(page: Page, lobby: Lobby, clock: Clock) -> None:
    """One key does the next thing: open, call, five steps, farewell and the next customer."""
    for _ in range(2):
        lobby.reception.take("W1", clock())
    page.goto("/counter/1")
    primary = page.locator("#primary")
    expect(primary).to_contain_text("开窗")
    rested(page)
    page.keyboard.press("n")
    expect(page.locator("#teller")).to_have_text("李静")
    for does, step in (
        ("叫下一位", None),
        ("客户到了", "迎接"),
        ("征询", "征询"),
        ("开始办理", "办理"),
        ("请客户确认", "确认"),
    ):
        rested(page)
        expect(primary).to_contain_text(does)
        page.keyboard.press("n")
        if step:
            page.wait_for_selector(f"#rail [aria-current=step]:has-text('{step}')")
    number(page, "A 001")
    rested(page)
    expect(primary).to_contain_text("送别")
    page.keyboard.press("n")
    number(page, "A 002")
    assert lobby.reception.find("A001", clock()).ticket.state == "done"


def test_a_control_is_refused_to_the_teller(page: Page, lobby: Lobby, clock: Clock) -> None:
    """The visit does not end before each control is recorded, and the teller cannot record another's."""
    lobby.reception.take("O1", clock())
    lobby.desk(2).open(clock(), teller="李静")
    lobby.desk(2).next(clock())
    lobby.desk(2).confirm(clock())
    page.goto("/counter/2")
    note = page.locator("#note")
    page.locator("#done").click()
    expect(note).to_contain_text("B\u2009001还缺")
    page.locator("[data-control=identity] button").click()
    expect(page.locator("#controls .done")).to_have_count(1)
    lobby.desk(2).check("authorisation", "王芳", clock())
    expect(page.locator("#controls .done")).to_have_count(2)
    page.locator("#done").click()
    expect(page.locator("#service")).to_have_text("窗口空闲")
    assert lobby.reception.find("B001", clock()).ticket.state == "done"


def test_two_tellers_never_get_the_same_ticket(address: str, line: Lobby, clock: Clock) -> None:
    """Two tellers who press *next* at the same instant call two different customers."""
    line.desk(2).open(clock(), teller="王芳")
    tellers = {1: signed_in(line, clock, "lijing"), 2: signed_in(line, clock, "wangfang")}

    def press(counter: int) -> str:
        answer = httpx.post(f"{address}/api/counters/{counter}/next", json={}, cookies=tellers[counter])
        called: str = answer.json()["ticket"]["number"]
        return called

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(press, (1, 2))) == ["A001", "A002"]


def test_two_pages_press_next_together(browser: Browser, address: str, line: Lobby, clock: Clock) -> None:
    """The same in two browser windows: each page shows a number of its own."""
    line.desk(2).open(clock(), teller="王芳")
    with browser.new_context(base_url=address) as one, browser.new_context(base_url=address) as other:
        keep(one, address, signed_in(line, clock, "lijing"))
        keep(other, address, signed_in(line, clock, "wangfang"))
        pages = [context.new_page() for context in (one, other)]
        for counter, page in enumerate(pages, start=1):
            page.goto(f"/counter/{counter}")
            rested(page)
        for page in pages:
            page.evaluate("setTimeout(() => document.getElementById('primary').click())")
        for page in pages:
            expect(page.locator("#number")).to_have_text(re.compile("A\u200900[12]"))
        assert {page.locator("#number").inner_text() for page in pages} == {"A\u2009001", "A\u2009002"}


def test_a_double_click_calls_once(page: Page, line: Lobby, clock: Clock) -> None:
    """A double click, or a key held down, is one wish: one customer is called, and not greeted yet."""
    page.goto("/counter/1")
    page.locator("#primary").dblclick()
    number(page, "A 001")
    rested(page)
    assert waiting(line, clock) == ["A002", "A003"]
    assert events_of(line, clock, "called") == ["A001"]


def test_two_quick_presses_call_once(page: Page, line: Lobby, clock: Clock) -> None:
    """The second half of a double press does not do the next thing, however fast the answer to the first was."""
    page.clock.install()
    page.goto("/counter/1")
    rested(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)  # the time of a double click is never over
    page.keyboard.press("n")
    expect(page.locator("#primary")).to_contain_text("客户到了")
    page.keyboard.press("n")
    page.locator("#primary").click(force=True)
    page.clock.resume()
    rested(page)
    assert events_of(line, clock, "called") == ["A001"]


def test_a_lost_answer_calls_once(page: Page, line: Lobby, clock: Clock) -> None:
    """The call was made but its answer lost: the page asks again with the same key, and nobody else is called."""
    keys = list[str]()

    def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/next", lose_the_first_answer)
    page.goto("/counter/1")
    page.locator("#primary").click()
    expect(page.locator("#primary")).to_contain_text("客户到了")
    rested(page)
    assert keys == [keys[0]] * 2
    assert waiting(line, clock) == ["A002", "A003"]


def test_a_dropped_network_is_said_and_mended(page: Page, line: Lobby, clock: Clock) -> None:
    """Without a network the page says so calmly; with it again, the wish is done once and the truth is shown."""
    page.goto("/counter/1")
    rested(page)
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.locator("#link")).to_contain_text("网络断了")
    assert waiting(line, clock) == ["A001", "A002", "A003"]
    page.context.set_offline(False)
    number(page, "A 001")
    expect(page.locator("#link")).to_be_hidden()
    assert waiting(line, clock) == ["A002", "A003"]


def test_a_wish_can_be_given_up(page: Page, line: Lobby, clock: Clock) -> None:
    """Esc takes back a wish that the dead network still holds; nobody is called to an empty counter later."""
    page.goto("/counter/1")
    rested(page)
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.locator("#note")).to_contain_text("Esc")
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    expect(page.locator("#link")).to_be_hidden()
    rested(page)
    assert waiting(line, clock) == ["A001", "A002", "A003"]


def test_a_reload_in_the_middle_calls_once(page: Page, line: Lobby, clock: Clock) -> None:
    """A page that is loaded again while its wish is on the way keeps the wish and its key."""
    page.goto("/counter/1")
    page.route("**/next", lambda route: route.abort())
    page.locator("#primary").click()
    expect(page.locator("#link")).to_be_visible()
    page.unroute("**/next")
    page.reload()
    number(page, "A 001")
    assert waiting(line, clock) == ["A002", "A003"]


def test_a_restart_of_the_program_goes_by(browser: Browser, program: Program, line: Lobby, clock: Clock) -> None:
    """While the program is away the page says so; when it is back the page shows what happened meanwhile."""
    pages = watched(browser, program.address, signed_in(line, clock, "lijing"))
    page = next(pages)
    page.goto("/counter/1")
    expect(page.locator("#behind-count")).to_have_text("3")
    program.stop()
    expect(page.locator("#link")).to_be_visible()
    line.reception.take("W1", clock())
    program.restart()
    expect(page.locator("#behind-count")).to_have_text("4")
    expect(page.locator("#link")).to_be_hidden()
    line.reception.take("W1", clock())
    expect(page.locator("#behind-count")).to_have_text("5")
    assert list(pages) == []


def test_a_key_that_comes_late_is_for_nobody_else(page: Page, line: Lobby, clock: Clock) -> None:
    """Pressed without a network and sent when it is back: the counter has moved on, and whoever is there stays."""
    page.goto("/counter/1?lang=en")
    line.desk(1).next(clock())
    number(page, "A 001")
    rested(page)
    page.context.set_offline(True)
    page.keyboard.press("h")
    expect(page.locator("#link")).to_be_visible()
    line.desk(1).greet(clock())
    line.desk(1).next(clock())
    page.context.set_offline(False)
    expect(page.locator("#note")).to_have_text("Counter 1 has moved on meanwhile: look, then press again")
    number(page, "A 002")
    assert waiting(line, clock) == ["A003"]


def test_only_who_filled_a_form_is_told_to_have(page: Page, line: Lobby, clock: Clock) -> None:
    """The mark and its words stand at that number alone, for eyes and for a screen reader."""
    ticket = line.reception.find("A002", clock()).ticket
    assert line.reception.fill(ticket, "F02", {"amount": "345"}, clock()).ok
    page.goto("/counter/1?lang=en")
    expect(page.get_by_role("cell", name="Form ready")).to_have_count(1)
    expect(page.get_by_role("row", name="A 002")).to_contain_text("✓")


def test_typing_is_not_a_shortcut(page: Page, line: Lobby, clock: Clock) -> None:
    """Letters typed into a field stay letters; Esc leaves the field's question."""
    page.goto("/counter/1")
    expect(page.locator("#call")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("c")
    page.keyboard.type("n a003")
    assert page.get_by_label("叫哪个号").input_value() == "n a003"
    assert events_of(line, clock, "called") == []
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#call")).to_be_focused()
    page.keyboard.press("c")
    page.get_by_label("叫哪个号").fill("a 003")
    page.keyboard.press("Enter")
    number(page, "A 003")


def test_a_move_is_chosen(page: Page, line: Lobby, clock: Clock) -> None:
    """A ticket moves only to a service that was chosen, and keeps its number."""
    line.desk(1).next(clock())
    page.goto("/counter/1")
    rested(page)
    page.keyboard.press("m")
    page.locator("#panel-move button").click()
    assert events_of(line, clock, "called") == ["A001"]
    page.get_by_label("转到").select_option("O1")
    page.locator("#panel-move button").click()
    expect(page.locator("#service")).to_have_text("窗口空闲")
    moved = line.reception.find("A001", clock()).ticket
    assert (moved.state, moved.service, moved.queue) == ("waiting", "O1", "B")


def test_answers_leave_with_their_ticket(page: Page, line: Lobby, clock: Clock) -> None:
    """What the customer filled in is shown when asked for, and gone from the page when the ticket goes."""
    place = line.reception.find("A001", clock())
    line.reception.fill(place.ticket, "F02", {"amount": "34500", "purpose": "home"}, clock())
    line.desk(1).next(clock())
    page.goto("/counter/1")
    expect(page.locator("#look")).to_have_attribute("aria-disabled", "false")
    expect(page.locator("#forms")).to_be_empty()
    page.keyboard.press("f")
    expect(page.locator("#forms")).to_contain_text("34,500")
    expect(page.locator("#forms")).to_contain_text("家用")
    line.desk(1).absent(clock())
    expect(page.locator("#service")).to_have_text("窗口空闲")
    assert "34,500" not in page.content()


def test_the_lobby_manager_sees_and_helps(page: Page, line: Lobby, clock: Clock) -> None:
    """The lobby page shows line, counters, devices and alerts as they change, and takes a number for a customer."""
    page.goto("/lobby?lang=en")
    rows = page.locator("#waiting tr")
    expect(rows).to_have_count(3)
    line.devices.report("front", "printer", "fault", "front: the paper is out", clock(), "paper_out")
    expect(page.locator("#alerts [data-level=red]")).to_contain_text("Ticket printer: No paper, put in a new roll")
    expect(page.locator("#devices")).to_contain_text("No paper")
    page.locator("#issue [name=service]").select_option("O1")
    page.locator("#issue [name=segment]").select_option("care")
    page.locator("#take").click()
    expect(page.locator("#issued")).to_contain_text("B\u2009001")
    expect(rows).to_have_count(4)
    line.desk(1).next(clock())
    expect(rows).to_have_count(3)
    expect(page.locator("#counters li").first).to_contain_text("A\u2009001")
    page.locator("[data-number=A002]").click()
    page.locator("#touches").get_by_text("Print again").click()
    expect(page.locator("#chosen-note")).to_contain_text("A\u2009002")  # its first paper is not printed yet


def test_the_first_page_leads_to_every_counter(page: Page, line: Lobby) -> None:
    """The first page shows which counter is open and leads there."""
    page.goto("/")
    expect(page.locator("[data-counter='1'] .state")).to_have_text("营业")
    expect(page.locator("#lobby-note")).to_have_text("3 人")
    page.locator("[data-counter='1']").click()
    expect(page.locator("#teller")).to_have_text("李静")
