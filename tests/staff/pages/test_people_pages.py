"""People at their browsers: signing in and being locked out, a supervisor's no, papers in a teller's hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.vouchers import Transfer
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import SECRET, signed_in, watched


@pytest.fixture
def stranger_page(browser: Browser, address: str) -> Iterator[Page]:
    """A browser in which nobody is signed in."""
    yield from watched(browser, address, {})


@pytest.fixture
def second_page(browser: Browser, address: str, crew: Lobby, clock: Clock) -> Iterator[Page]:
    """Another browser, with 王芳 signed in."""
    yield from watched(browser, address, signed_in(crew, clock, "wangfang"))


def sign_in(page: Page, secret: str = SECRET) -> None:
    page.get_by_label("登录名").fill("lijing")
    page.get_by_label("密码或 PIN").fill(secret)
    page.keyboard.press("Enter")


def test_signing_in_leads_where_one_wanted_to_go(stranger_page: Page) -> None:
    """Whoever is not signed in is asked to, and then stands on the page he wanted; signed out, he does not any more."""
    page = stranger_page
    page.goto("/counter/1")
    sign_in(page)
    expect(page.locator(".me .who")).to_have_text("李静")
    expect(page.locator("#primary")).to_contain_text("开窗")
    page.locator("#sign-out").click()
    expect(page.get_by_label("登录名")).to_be_visible()
    page.goto("/counter/1")
    expect(page.get_by_label("登录名")).to_be_visible()


def test_nobody_is_led_to_another_site(stranger_page: Page, address: str) -> None:
    """An address made by somebody else leads to our own first page, never away."""
    stranger_page.goto("/sign-in?to=//elsewhere.example/x")
    sign_in(stranger_page)
    stranger_page.wait_for_url(f"{address}/")


def test_wrong_secrets_are_told_and_lock(stranger_page: Page) -> None:
    """A wrong secret is a calm sentence; too many of them say how long to wait, and the right one waits, too."""
    page = stranger_page
    page.goto("/sign-in")
    for _ in range(4):
        sign_in(page, "wrong")
        expect(page.locator("#note")).to_have_text("姓名或密码不对")
    sign_in(page, "wrong")
    expect(page.locator("#note")).to_contain_text("请1分钟后再试")
    sign_in(page)
    expect(page.locator("#note")).to_contain_text("请1分钟后再试")


def test_a_new_person_chooses_a_secret(stranger_page: Page, crew: Lobby, clock: Clock) -> None:
    """At the first sign-in the page asks for a secret of one's own before it opens."""
    pin = crew.people.add("liufei", "刘飞", ["teller"], "陈伟", clock())
    page = stranger_page
    page.goto("/sign-in")
    page.get_by_label("登录名").fill("liufei")
    page.get_by_label("密码或 PIN").fill(pin)
    page.keyboard.press("Enter")
    page.get_by_label("新密码", exact=True).fill("river-5-stone")
    page.get_by_label("再输一次新密码").fill("river-5-stonE")
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_have_text("两次输入不一样")
    page.get_by_label("再输一次新密码").fill("river-5-stone")
    page.keyboard.press("Enter")
    expect(page.locator(".me .who")).to_have_text("刘飞")


def test_a_page_is_locked_and_opened(page: Page) -> None:
    """Locked, the page shows nothing but whose it is; its person goes on where he was."""
    page.goto("/counter/1")
    page.locator("#lock").click()
    expect(page.locator("#greeting")).to_have_text("李静，页面已锁")
    page.get_by_label("密码或 PIN").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.locator("#primary")).to_contain_text("开窗")


def test_a_locked_report_keeps_its_days(page: Page) -> None:
    """Whoever opens it again reads the days that he had chosen."""
    days = "first=2026-03-01&last=2026-03-04"
    page.goto(f"/reports?{days}")
    page.locator("#lock").click()
    expect(page.locator("#greeting")).to_have_text("李静，页面已锁")
    page.get_by_label("密码或 PIN").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/reports\?{days}$"))


def test_a_page_left_alone_is_locked(page: Page, crew: Lobby, clock: Clock) -> None:
    """A page that nobody touched for some minutes locks itself, though it went on reading all the time."""
    page.goto("/counter/1")
    expect(page.locator("#primary")).to_contain_text("开窗")
    clock.ahead += timedelta(minutes=crew.branch.staff.idle_minutes, seconds=1)
    expect(page.locator("#greeting")).to_have_text("李静，页面已锁")


def test_a_supervisor_does_not_agree(page: Page, second_page: Page, crew: Lobby, clock: Clock) -> None:
    """The teller asks; the supervisor says no with a reason; the teller reads it, asks again, and goes on.

    What is typed as a reason stays while other requests come.
    """
    crew.reception.take("O1", clock())
    crew.desk(2).open(clock(), teller="李静")
    crew.desk(2).next(clock())
    crew.desk(2).confirm(clock())
    page.goto("/counter/2")
    second_page.goto("/work")
    page.locator("[data-control=identity] button").click()
    expect(page.locator("#controls .done")).to_have_text(["核对身份李静"])
    ask = page.locator("[data-control=authorisation] button")
    ask.click()
    expect(page.locator("[data-control=authorisation]")).to_contain_text("已请求")
    request = second_page.locator("[data-number=B001]")
    request.locator("[data-do=refuse]").click()
    second_page.keyboard.press("Escape")
    expect(request.locator("[data-do=refuse]")).to_be_focused()
    second_page.keyboard.press("Enter")
    second_page.keyboard.type("照片")
    other_request(crew, clock)
    expect(second_page.locator("#asked li")).to_have_count(2)
    second_page.keyboard.type("不清")
    second_page.keyboard.press("Enter")
    expect(page.locator("[data-control=authorisation]")).to_contain_text("王芳未同意：照片不清")
    ask.click()
    request.locator("[data-do=grant]").click()
    expect(page.locator("#controls .done")).to_have_count(2)
    crew.desk(1).hold(clock())
    expect(second_page.locator("#asked-none")).to_have_text("没有等待授权的业务")
    page.locator("#done").click()
    expect(page.locator("#service")).to_have_text("窗口空闲")
    assert crew.reception.find("B001", clock()).ticket.state == "done"


def other_request(lobby: Lobby, clock: Clock) -> None:
    """Another teller asks, too, and longer ago: his request stands above."""
    number = lobby.reception.take("O1", clock()).ticket.number
    lobby.desk(1).open(clock(), teller="孙丽")
    lobby.desk(1).call(number, clock())
    lobby.authorisations.ask(1, "孙丽", clock() - timedelta(minutes=9))


def test_papers_are_taken_in_and_reviewed(page: Page, second_page: Page, crew: Lobby, clock: Clock) -> None:
    """The big key takes papers in when only their review is missing; a reviewer takes them over and passes them."""
    crew.reception.take("R1", clock())
    crew.desk(2).open(clock(), teller="李静")
    crew.desk(2).next(clock())
    crew.desk(2).confirm(clock())
    page.goto("/counter/2")
    expect(page.locator("#primary")).to_contain_text("收下资料")
    page.locator("#primary").click()
    expect(page.locator("#service")).to_have_text("窗口空闲")
    crew.review.take("B001", "钱进", clock())
    second_page.goto("/work")
    second_page.locator("[data-number=B001] [data-do=review_take_over]").click()
    second_page.locator("[data-number=B001] [data-do=review_pass]").click()
    expect(second_page.locator("#papers-none")).to_have_text("没有等待复核的资料")
    expect(page.locator("#behind tr")).to_have_count(1)


def test_a_gap_is_said_where_it_was_counted(second_page: Page, crew: Lobby, clock: Clock) -> None:
    """Two people count: what they found agrees with the book, or the page says by how much it does not."""
    crew.vouchers.receive(Transfer("card", "00000101", "00000110", "陈伟", "王芳", clock()))
    page = second_page
    page.goto("/work?lang=en")
    count = page.locator("#count")
    for counted, told in ((9, "Counted 9, by the book 10: a gap of −1."), (10, "Counted 10: as the book says.")):
        count.get_by_label("Counted").fill(str(counted))
        count.get_by_label("Sign-in name").fill("chenwei")
        count.get_by_label("Password or PIN").fill(SECRET)
        page.keyboard.press("Enter")
        expect(page.locator("#note")).to_contain_text(told)
        expect(page.locator("#stock .gap")).to_have_count(int(counted < 10))


def test_a_form_in_the_tellers_hands(page: Page, crew: Lobby, clock: Clock) -> None:
    """A form is looked at, copied field by field, put right by its own rules, agreed on, and gone with its ticket."""
    place = crew.reception.take("W1", clock())
    crew.reception.fill(place.ticket, "F02", {"amount": "34500", "purpose": "home"}, clock())
    crew.desk(1).open(clock(), teller="李静")
    crew.desk(1).next(clock())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/counter/1")
    expect(page.locator("#look")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("f")
    page.get_by_role("button", name="复制：金额").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "34500"
    page.locator("[data-do=put_right]").click()
    amount = page.locator("#edit-amount")
    expect(amount).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-do=put_right]")).to_be_focused()
    page.keyboard.press("Enter")
    amount.fill("a lot")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error=amount]")).not_to_be_empty()
    expect(amount).to_have_accessible_description(page.locator("[data-error=amount]").inner_text())
    amount.fill("450")
    page.keyboard.press("Enter")
    expect(page.locator(".paper dd").first).to_contain_text("450")
    expect(page.locator("[data-do=put_right]")).to_be_focused()
    page.locator("[data-do=agree]").click()
    expect(page.locator(".paper .mark")).to_have_text("已核对")
    crew.desk(1).absent(clock())
    expect(page.locator(".paper")).to_have_count(0)


def test_whoever_waits_aside_is_called_back(page: Page, crew: Lobby, clock: Clock) -> None:
    """A customer on hold stands on the page and is called back with one touch."""
    crew.reception.take("W1", clock())
    crew.desk(1).open(clock(), teller="李静")
    crew.desk(1).next(clock())
    page.goto("/counter/1")
    expect(page.locator("#hold")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("h")
    page.locator("[data-back=A001]").click()
    expect(page.locator("#number")).to_have_text("A\u2009001")


def test_another_takes_over(page: Page, crew: Lobby, clock: Clock) -> None:
    """At a counter of somebody else the only key takes it over, with the customer who is there."""
    crew.reception.take("W1", clock())
    crew.desk(1).open(clock(), teller="王芳")
    crew.desk(1).next(clock())
    page.goto("/counter/1")
    expect(page.locator("#teller")).to_have_text("王芳")
    expect(page.locator("#recall")).to_have_attribute("aria-disabled", "true")
    page.locator("#primary").click()
    expect(page.locator("#primary")).to_contain_text("客户到了")
    assert crew.desk(1).standing(clock()).teller == "李静"


def test_the_truth_is_there_soon_after_the_network(page: Page, crew: Lobby, clock: Clock) -> None:
    """What happened while the network was cut is on the page within a second of its own clock."""
    crew.desk(1).open(clock(), teller="李静")
    page.clock.install()
    page.goto("/counter/1")
    expect(page.locator("#behind-count")).to_have_text("0")
    page.context.set_offline(True)
    crew.reception.take("W1", clock())
    expect(page.locator("#link")).to_be_visible()
    page.clock.pause_at(datetime.now(clock().tzinfo) + timedelta(seconds=30))
    page.context.set_offline(False)
    page.clock.run_for(1000)
    expect(page.locator("#behind-count")).to_have_text("1")


def test_what_ends_somebodys_access_is_asked_first(browser: Browser, address: str, crew: Lobby, clock: Clock) -> None:
    """A touch alone neither ends a PIN nor a person; the question stands in the row, and the keys come back."""
    for page in watched(browser, address, signed_in(crew, clock, "chenwei")):
        page.goto("/people?lang=en")
        row = page.locator("[data-name=wangfang]").first
        row.get_by_text("Mark as left").click()
        expect(row).to_contain_text("王芳 cannot sign in any more.")
        expect(row.get_by_text("Never mind")).to_be_focused()
        page.keyboard.press("Enter")
        row.get_by_text("New PIN").click()
        expect(row).to_contain_text("The old one of 王芳 ends at once.")
        row.get_by_text("New PIN").click()
        expect(page.locator("#note")).to_contain_text("First PIN of")
        row.get_by_text("Mark as left").click()
        row.get_by_text("Mark as left").click()
        expect(row).to_have_class("gone")


def test_a_computer_of_a_counter_has_its_day(browser: Browser, address: str, crew: Lobby, clock: Clock) -> None:
    """Who made it one, and when, as the page's language writes a day."""
    for page in watched(browser, address, signed_in(crew, clock, "chenwei")):
        page.goto("/people?lang=en")
        page.locator("#bind button").click()
        expect(page.locator("[data-machine]")).to_contain_text("陈伟 · 4 Mar 2026")


def test_what_a_person_is_called_is_not_run(stranger_page: Page, crew: Lobby, clock: Clock) -> None:
    """A name with markup in it is shown as it is written, on every page that tells it."""
    evil = "<img src=x onerror=alert(1)>"
    pin = crew.people.add("evil", evil, ["teller", "branch_manager"], "陈伟", clock(), own="river-5-stone")
    crew.desk(1, by=evil).open(clock())
    page = stranger_page
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto("/sign-in?to=/people")
    page.get_by_label("登录名").fill("evil")
    page.get_by_label("密码或 PIN").fill(pin)
    page.keyboard.press("Enter")
    expect(page.locator("[data-name=evil] .shown")).to_have_text(evil)
    page.goto("/counter/1")
    expect(page.locator("#primary")).to_contain_text("叫下一位")
    expect(page.locator(".me .who")).to_have_text(evil)
