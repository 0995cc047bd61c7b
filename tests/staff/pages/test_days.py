"""Days on the staff's pages: written in the page's language, typed in any usual way, picked from a month."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import keep, signed_in

TODAY = {"zh": "2026年3月4日", "en": "4 Mar 2026"}


@pytest.fixture
def typed(page: Page) -> Locator:
    """The field of the day's account, on the fourth of March."""
    page.goto("/reports/day?lang=en")
    return page.get_by_label("Day", exact=True)


@pytest.mark.parametrize(("language", "browsers"), [("zh", "en-US"), ("en", "zh-CN")])
def test_a_day_reads_the_same_in_every_browser(
    browser: Browser, address: str, crew: Lobby, clock: Clock, language: str, browsers: str
) -> None:
    """The page's language decides, the browser's own does not."""
    context = browser.new_context(base_url=address, locale=browsers)
    keep(context, address, signed_in(crew, clock, "lijing"))
    page = context.new_page()
    page.goto(f"/reports/day?lang={language}")
    expect(page.locator(".written")).to_have_value(TODAY[language])
    expect(page.locator("h1 .date")).to_have_text(TODAY[language])
    page.locator(".pick").click()
    expect(page.locator("[aria-current=date]")).to_have_accessible_name(TODAY[language])
    context.close()


@pytest.mark.parametrize(
    "text",
    ["1 Mar 2026", "march 1, 2026", "Sun 1 Mar 2026", "2026-3-1", "20260301", "2026年3月1日", "01/03/2026", "1.3.2026"],
)
def test_days_are_typed_in_any_usual_way(typed: Locator, text: str) -> None:
    """Once it was read it stands there as days are written here, and its page is shown."""
    typed.fill(text)
    typed.press("Tab")
    expect(typed).to_have_value("1 Mar 2026")
    typed.press("Enter")
    expect(typed.page.locator("h1 .date")).to_have_text("1 Mar 2026")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("soon", "Write it like 4 Mar 2026"),
        ("30 Feb 2026", "Write it like 4 Mar 2026"),
        ("1 3", "Write it like 4 Mar 2026"),
        ("5 Mar 2026", "That day is still to come"),
    ],
)
def test_what_is_no_day_is_not_sent(typed: Locator, text: str, told: str) -> None:
    """The field says how, in the page's language, and leaves what was typed."""
    before = typed.page.url
    typed.fill(text)
    typed.press("Enter")
    assert typed.evaluate("field => field.validationMessage") == told
    assert (typed.page.url, typed.input_value()) == (before, text)


def test_a_day_is_picked_with_the_keyboard_alone(typed: Locator) -> None:
    """Down opens the month; days, weeks and months are a key away, and no key leads beyond today."""
    page = typed.page
    typed.press("ArrowDown")
    for key, day in (
        ("ArrowRight", "4 Mar 2026"),
        ("ArrowUp", "25 Feb 2026"),
        ("ArrowLeft", "24 Feb 2026"),
        ("PageUp", "24 Jan 2026"),
        ("PageDown", "24 Feb 2026"),
    ):
        page.keyboard.press(key)
        expect(page.locator("[data-day]:focus")).to_have_accessible_name(day)
    page.keyboard.press("Escape")
    expect(page.locator(".month")).to_be_hidden()
    expect(typed).to_be_focused()
    expect(typed).to_have_value("4 Mar 2026")
    typed.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(typed).to_have_value("25 Feb 2026")
    page.keyboard.press("Enter")
    expect(page.locator("h1 .date")).to_have_text("25 Feb 2026")


def test_a_day_is_picked_with_the_mouse(typed: Locator) -> None:
    """The month turns, days to come cannot be touched, and a touch elsewhere puts it away."""
    page = typed.page
    page.get_by_role("button", name="Choose a day").click()
    expect(page.get_by_role("button", name="5 Mar 2026", exact=True)).to_be_disabled()
    page.locator("h1").click()
    expect(page.locator(".month")).to_be_hidden()
    page.get_by_role("button", name="Choose a day").click()
    page.get_by_role("button", name="The month before").click()
    page.get_by_role("button", name="13 Feb 2026").click()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1 .date")).to_have_text("13 Feb 2026")
