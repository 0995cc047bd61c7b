"""Report pages: pictures that are true to scale, tables under them, CSV that reckons nothing, paper to sign."""

from __future__ import annotations

import csv
import io
import itertools
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.reports.asked import span
from lobbyline.staff.reports.charts import Bar, bars, columns, shortened, width
from lobbyline.staff.reports.spreadsheet import sheet
from lobbyline.staff.reports.written import lasted
from tests.staff.conftest import signed_in

MINUTE = timedelta(minutes=1)


@pytest.fixture
def worked(lobby: Lobby, clock: Clock) -> Lobby:
    """Two visits at counter 1, one of them rated, and somebody who left."""
    at = clock()
    desk = lobby.desk(1)
    desk.open(at, teller="李静")
    for wait in (4, 12):
        number = lobby.reception.take("W1", at, paper=False).ticket.number
        desk.call(number, at + wait * MINUTE)
        desk.greet(at + wait * MINUTE)
        desk.done(at + (wait + 3) * MINUTE)
    lobby.ratings.give(1, 4, at + 15 * MINUTE)
    lobby.floor.leave(lobby.reception.take("W1", at, paper=False).ticket.number, at)
    return lobby


def lengths(picture: str) -> list[float]:
    return [float(width) for width in re.findall(r'width="([\d.]+)"[^>]*class="beam"', picture)]


def test_bars_begin_at_zero() -> None:
    """Twice the value is twice the length, nothing is nothing, and a name cannot break out of the drawing."""
    picture = bars([Bar("a", 10, "10"), Bar("<b>", 5, "5"), Bar("c", 0, "0")], "about")
    first, second = lengths(picture)
    assert first == pytest.approx(2 * second, abs=0.2)
    assert "&lt;b&gt;" in picture
    assert "<b>" not in picture
    assert "style=" not in picture


def test_pictures_of_nothing() -> None:
    """A day without anybody is drawn without a column, and nothing divides by zero."""
    assert lengths(columns([Bar("9", 0, "")], "about")) == []
    assert bars([], "about").startswith("<svg")


def test_names_of_many_columns_do_not_overlap() -> None:
    """Below a year of days stand as many names as there is room for, none of them beyond the picture."""
    picture = columns([Bar("10月14日", day + 1, "") for day in range(110)], "about")
    places = [float(place) for place in re.findall(r'<text x="([\d.]+)"', picture)]
    assert len(places) > 4
    assert min(after - before for before, after in itertools.pairwise(places)) > width("10月14日")
    assert places[0] >= width("10月14日") / 2


def test_long_names_are_shortened() -> None:
    """A wide letter takes more room than a narrow one."""
    assert shortened("综合服务", 60) == "综合服务"
    assert shortened("Accounts and sign-up", 60) == "Accoun…"
    for name in ("Ordinary", "Wait", "普通客户", "Quick service"):
        assert f">{name}<" in bars([Bar(name, 1, "1")], "about")  # the longest name is given its whole room


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would reckon is shown as it was written; a figure below zero stays a figure."""
    rows = list(csv.reader(io.StringIO(sheet([cell], [["-5", cell, "12%"]]).removeprefix("\ufeff"))))
    assert rows[0] == [f"'{cell}"]
    assert rows[1] == ["-5", f"'{cell}", "12%"]


def test_days_that_are_asked_for(clock: Clock) -> None:
    """Today unless said otherwise; one end alone is one day; the week begins on Monday."""
    today = clock().date()
    assert span(today, None, None).one_day
    assert span(today, None, today - timedelta(days=1)).first == today - timedelta(days=1)
    turned = span(today, today, today - timedelta(days=800))
    assert (turned.first, turned.last) == (today - timedelta(days=365), today)
    offered = {name: first for name, first, _ in span(today, None, None).offered}
    assert offered["this_week"].weekday() == 0


def test_the_overview(client: TestClient, worked: Lobby, clock: Clock) -> None:
    """Every card has its picture, its table and its CSV, whose figures are the report's."""
    day = clock().date()
    page = client.get("/reports?lang=en").text
    assert page.count('<svg class="chart"') == page.count("Table as CSV") >= 9
    assert "half within 4, nine of ten within 12" in page
    table = client.get(f"/reports/table.csv?part=classes&first={day}&last={day}")
    assert table.headers["content-disposition"] == f'attachment; filename="classes-{day}-{day}.csv"'
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[1] == ["Quick", "2", "8.0", "4.0", "12.0", "50%", "0%", "0%"]
    assert client.get("/reports/table.csv?part=nothing").status_code == 404
    for odd in ("yesterday", "0001-01-01", "9999-12-31"):
        assert client.get(f"/reports?first={odd}").status_code == 422
        assert client.get(f"/reports/day?day={odd}").status_code == 422


def test_reports_are_not_everybodys(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """Whoever is not signed in is sent to the sign-in; a supervisor may read, a table is refused to a stranger."""
    assert stranger.get("/reports", follow_redirects=False).headers["location"] == "/sign-in?to=/reports"
    assert stranger.get("/reports/table.csv?part=hours", follow_redirects=False).status_code == 303
    stranger.cookies.update(signed_in(crew, clock, "wangfang"))
    assert stranger.get("/reports").status_code == 200


def test_the_days_account(client: TestClient, worked: Lobby, clock: Clock) -> None:
    """Drawn is served, missed, left and void; who waits today is told calmly, what a past day left open in red."""
    assert 'data-ok="yes"' in client.get("/reports/day?lang=en").text
    worked.reception.take("W1", clock(), paper=False)
    worked.reception.take("W1", clock() - timedelta(days=1), paper=False)
    today, before = (client.get(f"/reports/day?day={clock().date() - timedelta(days=n)}").text for n in (0, 1))
    assert 'data-ok="later"' in today
    assert "Still open: 1." in today
    assert 'data-ok="no"' in before
    assert "does not agree" in before


def test_a_day_is_played_again(client: TestClient, worked: Lobby, clock: Clock) -> None:
    """Every rule and other hours on the same customers; a day without any says so."""
    page = client.get("/reports/plan?lang=en").text
    assert page.count("<svg") == 2
    assert "By arrival" in page
    assert "Nobody was recorded" in client.get("/reports/plan?day=2026-01-02").text


def test_long_times_are_told_in_hours() -> None:
    """Minutes while they are few."""
    assert [lasted(minutes, {"min": "min", "h": "h"}) for minutes in (0, 72, 599.4, 14352)] == [
        "0 min", "72 min", "599 min", "239 h",
    ]  # fmt: skip


def test_a_card_of_nothing_says_so(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Of a day without anybody no figure is told; while nobody was called, each card has a sentence, and no picture."""
    assert 'class="head"' not in client.get("/reports").text + client.get("/reports/day").text
    lobby.reception.take("W1", clock(), paper=False)
    page = client.get("/reports?lang=en").text
    assert '<svg class="chart"' not in page
    assert "within 0" not in page
    for sentence in (
        "Nobody was called yet.",
        "No counter was open yet.",
        "No visit has ended yet.",
        "Nobody has rated",
    ):
        assert sentence in page
    assert "Table as CSV" not in page


def test_one_version_alone(client: TestClient, lobby: Lobby) -> None:
    """With one version there is nothing to compare, which the page says instead of asking for two."""
    page = client.get("/reports/versions?lang=en").text
    assert "Only one version" in page
    assert "<select" not in page


def test_two_versions(client: TestClient, worked: Lobby) -> None:
    """The figures of two versions stand side by side with their difference."""
    version = worked.setup.version
    page = client.get(f"/reports/versions?lang=en&one={version}&other={version}").text
    assert "Mean wait, min" in page
    assert "Days, the latest" in page
    assert ">+0" not in page, "what did not change has no sign"


def test_the_two_latest_versions_come_by_themselves(client: TestClient, worked: Lobby, clock: Clock) -> None:
    """Who looks at the page sees the newest beside the one before, each with when, by whom and why it was applied."""
    before = worked.setup.version
    with (worked.setup.folder / "branch.toml").open("a", encoding="utf-8") as file:
        file.write("# shorter\n")
    after = worked.versions.apply(load(worked.setup.folder), clock(), "周经理", "shorter recalls").version
    page = client.get("/reports/versions?lang=en").text
    head = page.partition("<thead>")[2]
    assert head.index(before) < head.index(after)
    for told in ("4 Mar 2026", "周经理", "shorter recalls"):
        assert told in page


def test_in_a_browser(page: Page, worked: Lobby) -> None:
    """Pages open without a script error; a table opens under its picture; the day can be printed."""
    page.goto("/reports?lang=en")
    card = page.locator("#card-classes")
    card.get_by_text("Figures behind it").click()
    expect(card.locator("tbody tr")).to_have_count(1)
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    page.locator("#print").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.get_by_role("link", name="Day end").click()
    expect(page.locator(".account .figure")).to_have_text("3")


def test_three_months_are_a_trend(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """From the third month on their row is told, as a picture and as a table; before, two are no trend."""
    at = clock()
    for months in range(3):
        page = client.get(f"/reports?lang=en&first={at.date()}&last={at.date() + timedelta(days=70)}").text
        assert 'id="card-months"' not in page
        lobby.reception.take("W1", at + timedelta(days=31 * months), paper=False)
    span = {"first": str(at.date()), "last": str(at.date() + timedelta(days=70))}
    assert 'id="card-months"' in client.get("/reports", params=span).text
    table = client.get("/reports/table.csv", params=span | {"part": "months", "lang": "en"}).text
    assert [row[0] for row in csv.reader(io.StringIO(table))][1:] == ["Mar 2026", "Apr 2026", "May 2026"]
