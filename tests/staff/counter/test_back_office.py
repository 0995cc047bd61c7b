"""The second person: authorisation, review and blank vouchers over HTTP, each by whoever is signed in."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.counter.vouchers import Transfer
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.settings.prompts import Prompts
from lobbyline.lobby.settings.setting import Text
from tests.staff.conftest import SECRET, signed_in

Person = Any  # a browser with somebody signed in


@pytest.fixture
def teller(client: TestClient) -> Person:
    """李静 at counter 2, with somebody who opens an account."""
    client.post("/api/tickets", json={"service": "O1"})
    client.post("/api/counters/2/open", json={})
    client.post("/api/counters/2/next", json={})
    return client


@pytest.fixture
def second(teller: Person, crew: Lobby, clock: Clock) -> Person:
    """王芳, supervisor and reviewer, at another browser."""
    other = TestClient(teller.app, base_url="http://127.0.0.1:8321")
    other.cookies.update(signed_in(crew, clock, "wangfang"))
    return other


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def control(teller: Person, name: str = "authorisation") -> dict[str, Any]:
    """How a control stands on the teller's page."""
    controls: list[dict[str, Any]] = teller.get("/api/counters/2").json()["controls"]
    return next(one for one in controls if one["control"] == name)


def test_an_authorisation_is_asked_and_granted(teller: Person, second: Person) -> None:
    """What the teller asks for stands on the supervisor's list; agreed, the control carries the supervisor's name."""
    assert second.get("/api/authorisations").json() == []
    for _ in range(2):  # asking twice is asking once
        assert teller.post("/api/counters/2/authorise", json={}).status_code == 204
    (asked,) = second.get("/api/authorisations").json()
    assert (asked["ticket"]["number"], asked["counter"], asked["asked_by"]) == ("B001", 2, "李静")
    assert control(teller)["asked"] == "waiting"
    assert second.post("/api/authorisations/B001/grant", json={}).status_code == 204
    assert (control(teller)["done"], control(teller)["by"]) == (True, "王芳")
    assert second.get("/api/authorisations").json() == []
    assert code(teller.post("/api/counters/2/authorise", json={})) == (409, "not_needed")


def test_what_is_asked_late_is_not_asked_for_another(teller: Person, second: Person) -> None:
    """A request that was pressed for somebody who has gone meanwhile is refused; so is one for nobody."""
    late = {"here": "B001"}
    teller.post("/api/counters/2/hold", json={})
    assert code(teller.post("/api/counters/2/authorise", json=late)) == (409, "counter_moved_on")
    teller.post("/api/tickets", json={"service": "O1"})
    teller.post("/api/counters/2/next", json={})
    assert code(teller.post("/api/counters/2/authorise", json=late)) == (409, "counter_moved_on")
    assert second.get("/api/authorisations").json() == []
    assert teller.post("/api/counters/2/authorise", json={"here": "B002"}).status_code == 204


def test_a_refusal_has_a_reason_and_may_be_asked_again(teller: Person, second: Person) -> None:
    """The teller reads who did not agree and why, puts it right, and asks again."""
    teller.post("/api/counters/2/authorise", json={})
    assert code(second.post("/api/authorisations/B001/refuse", json={"reason": " "})) == (409, "reason_missing")
    second.post("/api/authorisations/B001/refuse", json={"reason": "照片不清"})
    told = control(teller)
    assert (told["asked"], told["answered_by"], told["reason"]) == ("refused", "王芳", "照片不清")
    teller.post("/api/counters/2/authorise", json={})
    assert control(teller)["asked"] == "waiting"


def test_nobody_authorises_what_he_works_on(teller: Person, crew: Lobby, clock: Clock) -> None:
    """The teller, supervisor or not, is refused; the attempt is in the log and the request still waits."""
    teller.post("/api/counters/2/authorise", json={})
    crew.people.change("lijing", ["teller", "supervisor"], [], "陈伟", clock())
    assert code(teller.post("/api/authorisations/B001/grant", json={})) == (409, "same_person")
    assert [one["ticket"]["number"] for one in teller.get("/api/authorisations").json()] == ["B001"]
    with crew.read() as book:
        ticket = book.named("B001", crew.day(clock()))
        assert ticket
        assert [event["who"] for event in book.events_of(ticket) if event["what"] == "refused"] == ["李静"]


def test_a_request_ends_with_the_customers_stay(teller: Person, second: Person) -> None:
    """Nobody is asked for a customer who has left the counter, and nothing can be granted for him."""
    teller.post("/api/counters/2/authorise", json={})
    teller.post("/api/counters/2/hold", json={})
    assert second.get("/api/authorisations").json() == []
    assert code(second.post("/api/authorisations/B001/grant", json={})) == (409, "not_asked_for")
    teller.post("/api/counters/2/call", json={"number": "B001"})
    assert "asked" in control(teller)


def test_a_repeated_grant_is_one(teller: Person, second: Person) -> None:
    """A grant whose answer was lost is sent again under its key, and says the same."""
    teller.post("/api/counters/2/authorise", json={})
    key = {"Idempotency-Key": "grant-1"}
    answers = [second.post("/api/authorisations/B001/grant", json={}, headers=key).status_code for _ in range(2)]
    assert answers == [204, 204]


def test_papers_are_reviewed_by_another(teller: Person, second: Person, crew: Lobby, clock: Clock) -> None:
    """Papers taken in at the counter stand on the reviewer's list with their time; the maker cannot review them."""
    crew.people.change("lijing", ["teller", "reviewer"], [], "陈伟", clock())
    teller.post("/api/counters/2/hold", json={})
    number = teller.post("/api/tickets", json={"service": "R1"}).json()["ticket"]["number"]
    teller.post("/api/counters/2/call", json={"number": number})
    assert teller.post("/api/counters/2/intake", json={}).json()["ticket"]["state"] == "review"
    (waiting,) = second.get("/api/reviews").json()
    assert (waiting["maker"], waiting["counter"], waiting["reviewer"]) == ("李静", 2, "")
    assert code(teller.post(f"/api/reviews/{number}/take", json={})) == (409, "same_person")
    assert second.post(f"/api/reviews/{number}/take", json={}).json()["reviewer"] == "王芳"
    assert second.post(f"/api/reviews/{number}/return", json={"reason": "缺章"}).status_code == 200
    assert second.get("/api/reviews").json() == []
    teller.post("/api/counters/2/call", json={"number": number})
    teller.post("/api/counters/2/intake", json={})
    again = second.post(f"/api/reviews/{number}/pass", json={"recall": False}).json()
    assert (again["ticket"]["state"], again["times_back"]) == ("done", 1)


def test_vouchers_change_hands_before_two(teller: Person, second: Person) -> None:
    """Each step needs a second person's own secret; the teller uses the next serial, and the balance tells a gap."""
    witness = {"second": "chenwei", "secret": SECRET}
    range_ = {"kind": "card", "first": "00000101", "last": "00000110"}
    wrong = second.post("/api/vouchers/receive", json={**range_, "second": "chenwei", "secret": "wrong"})
    assert code(wrong) == (401, "sign_in")
    alone = second.post("/api/vouchers/receive", json={**range_, "second": "wangfang", "secret": SECRET})
    assert code(alone) == (409, "two_people")
    assert second.post("/api/vouchers/receive", json={**range_, **witness}).json()["vouchers"] == 10
    to_teller = {**range_, "last": "00000102", "second": "lijing", "secret": SECRET}
    second.post("/api/vouchers/issue", json=to_teller)
    stock = {one["holder"]: one["book"] for one in second.get("/api/vouchers").json()}
    assert stock == {"": 8, "李静": 2}
    counted = second.post("/api/vouchers/count", json={"kind": "card", "holder": "李静", "counted": 1, **witness})
    assert counted.json()["gap"] == -1
    assert code(teller.get("/api/vouchers")) == (403, "not_yours")


def test_a_voucher_is_used_in_order(client: TestClient, crew: Lobby, clock: Clock) -> None:
    """The page shows the serial that is next, and the control uses exactly it."""
    crew.vouchers.receive(Transfer("card", "00000101", "00000110", "陈伟", "王芳", clock()))
    crew.vouchers.issue(Transfer("card", "00000104", "00000105", "陈伟", "李静", clock()))
    client.post("/api/tickets", json={"service": "V1"})
    client.post("/api/counters/2/open", json={})
    client.post("/api/counters/2/next", json={})
    assert control(client, "voucher")["serial"] == "00000104"
    client.post("/api/counters/2/check", json={"control": "voucher"})
    assert control(client, "voucher")["done"]
    with crew.read() as book:
        ticket = book.named("B001", crew.day(clock()))
        assert ticket
        assert [event["serial"] for event in book.events_of(ticket) if event["what"] == "checked"] == ["00000104"]


def test_a_filled_form_is_compared_and_put_right(client: TestClient, crew: Lobby, clock: Clock) -> None:
    """The teller agrees on a form or corrects it by the form's own rules; the log names fields and never answers."""
    place = crew.reception.take("W1", clock())
    crew.reception.fill(place.ticket, "F02", {"amount": "300", "purpose": "home"}, clock())
    client.post("/api/counters/1/open", json={})
    client.post("/api/counters/1/next", json={})
    path = "/api/counters/1/filled"
    (form,) = client.get(path).json()
    assert (form["agreed"], [(line["name"], line["raw"]) for line in form["fields"]]) == (
        False,
        [("amount", "300"), ("purpose", "home")],
    )
    refused = client.put(f"{path}/F02", json={"answers": {"amount": "minus", "purpose": "home"}}).json()
    assert (refused["ok"], list(refused["errors"])) == (False, ["amount"])
    assert client.put(f"{path}/F02", json={"answers": {"amount": "450", "purpose": "home"}}).json()["ok"]
    assert client.post(f"{path}/F02/agree", json={}).status_code == 204
    (form,) = client.get(path).json()
    assert (form["agreed"], form["fields"][0]["raw"]) == (True, "450")
    with crew.read() as book:
        events = book.events_of(place.ticket)
    assert [(event["what"], event.get("fields")) for event in events[-5:]] == [
        ("called", None), ("viewed", None), ("corrected", ["amount"]), ("agreed", None), ("viewed", None),
    ]  # fmt: skip
    assert "home" not in str(events)
    assert code(client.put(f"{path}/F09", json={"answers": {}})) == (409, "unknown_form")
    for late in (
        client.get(path, params={"here": "A002"}),
        client.put(f"{path}/F02", json={"answers": {"amount": "9", "purpose": "home"}, "here": "A002"}),
        client.post(f"{path}/F02/agree", json={"here": "A002"}),
    ):
        assert code(late) == (409, "counter_moved_on")
    assert client.get(path, params={"here": "A001"}).json() == [form]
    client.post("/api/counters/1/absent", json={})
    assert code(client.post(f"{path}/F02/agree", json={})) == (409, "no_ticket")


def test_a_hint_is_shown_once_and_can_be_switched_off(client: TestClient, crew: Lobby) -> None:
    """One line by the service, at the step before the farewell only; a moved ticket has none."""
    client.post("/api/tickets", json={"service": "V1"})
    client.post("/api/counters/2/open", json={})
    client.post("/api/counters/2/next", json={})
    assert client.get("/api/counters/2").json()["hint"] is None
    client.post("/api/counters/2/confirm", json={})
    assert client.get("/api/counters/2").json()["hint"]["en"] == "Text messages can be set up now"
    settings = crew.branch.staff.model_copy(update={"hints": False})
    crew.branch = crew.branch.model_copy(update={"staff": settings})
    assert client.get("/api/counters/2").json()["hint"] is None


def test_a_step_reminds_in_the_branchs_own_words(client: TestClient, crew: Lobby) -> None:
    """A service's line goes before the branch's, and where neither has one the page keeps the product's."""
    service = crew.branch.services["O1"].model_copy(update={"prompts": Prompts(ask=line("ask for both papers"))})
    staff = crew.branch.staff.model_copy(update={"prompts": Prompts(ask=line("ask"), greet=line("good morning"))})
    crew.branch = crew.branch.model_copy(update={"staff": staff, "services": crew.branch.services | {"O1": service}})
    client.post("/api/tickets", json={"service": "O1"})
    client.post("/api/counters/2/open", json={})
    told = []
    for verb in ("next", "greet", "ask"):
        client.post(f"/api/counters/2/{verb}", json={})
        told.append(client.get("/api/counters/2").json()["prompt"])
    assert told == [None, {"zh": "提示", "en": "good morning"}, {"zh": "提示", "en": "ask for both papers"}]


def line(en: str) -> Text:
    return Text({"zh": "提示", "en": en})


def test_who_can_be_called_back_is_listed(client: TestClient) -> None:
    """Whoever was put aside or missed the call stands on the page of the counters that can serve him."""
    for _ in range(2):
        client.post("/api/tickets", json={"service": "O1"})
    client.post("/api/counters/2/open", json={})
    client.post("/api/counters/2/next", json={})
    client.post("/api/counters/2/hold", json={})
    client.post("/api/counters/2/next", json={})
    client.post("/api/counters/2/absent", json={})
    aside = [(one["number"], one["state"]) for one in client.get("/api/counters/2").json()["aside"]]
    assert aside == [("B001", "held"), ("B002", "missed")]
    assert client.get("/api/counters/1").json()["aside"] == []
