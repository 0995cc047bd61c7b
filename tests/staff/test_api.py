"""The staff's API over a real store: what it does, what it refuses, and how it says so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.api import make_app


def take(client: TestClient, service: str = "W1") -> Any:
    return client.post("/api/tickets", json={"service": service}).json()["ticket"]["number"]


def act(client: TestClient, verb: str, counter: int = 2, key: str | None = None, **wish: str) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/counters/{counter}/{verb}", json=wish, headers=headers)


def refused(answer: Any) -> str:
    """The code of a refusal, after a look at its shape."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) >= {"type", "title", "code", "sentence"}
    code: str = answer.json()["code"]
    return code


def test_a_ticket_taken_by_staff_waits(client: TestClient) -> None:
    """A ticket that staff take stands in the line, with its place and no token."""
    answer = client.post("/api/tickets", json={"service": "W1", "segment": "care"})
    assert answer.status_code == 201
    assert answer.json()["ticket"]["number"] == "A001"
    assert answer.json()["ahead"] == 0
    assert "token" not in answer.text
    assert [entry["ticket"]["number"] for entry in client.get("/api/waiting").json()] == ["A001"]


def test_the_same_key_takes_one_ticket(client: TestClient) -> None:
    """The same wish to take a number, sent twice, is one number."""
    numbers = {
        client.post("/api/tickets", json={"service": "W1"}, headers={"Idempotency-Key": "take-once-1"}).json()[
            "ticket"
        ]["number"]
        for _ in range(2)
    }
    assert numbers == {"A001"}
    assert len(client.get("/api/waiting").json()) == 1


def test_the_same_key_calls_once(client: TestClient) -> None:
    """A repeated *next* with the same key answers the same and calls nobody else."""
    take(client)
    take(client)
    act(client, "open")
    first = act(client, "next", key="press-0001").json()
    again = act(client, "next", key="press-0001").json()
    assert first == again
    assert first["ticket"]["number"] == "A001"
    assert [entry["ticket"]["number"] for entry in client.get("/api/waiting").json()] == ["A002"]


def test_a_visit_in_five_steps(client: TestClient) -> None:
    """A teller opens, calls, walks the steps and is free again."""
    take(client)
    act(client, "open")
    act(client, "next")
    steps = [act(client, verb).json()["ticket"]["step"] for verb in ("greet", "ask", "operate", "confirm")]
    assert steps == ["greet", "ask", "operate", "confirm"]
    assert act(client, "done").json()["ticket"]["state"] == "done"
    now = client.get("/api/counters/2").json()
    assert (now["state"], now["ticket"], now["teller"]) == ("open", None, "李静")


def test_a_missing_control_refuses_the_end(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """No visit ends while a control of its service is missing, and nobody authorises himself."""
    take(client, "O1")
    act(client, "open")
    act(client, "next")
    assert refused(act(client, "done")) == "control_missing"
    act(client, "check", control="identity")
    assert refused(act(client, "check", control="authorisation")) == "same_person"
    states = client.get("/api/counters/2").json()["controls"]
    assert [(one["control"], one["done"], one["by"]) for one in states] == [
        ("identity", True, "李静"),
        ("authorisation", False, ""),
    ]
    lobby.desk(2).check("authorisation", "王芳", clock())
    assert act(client, "done").json()["ticket"]["state"] == "done"


def test_refusals_have_codes(client: TestClient) -> None:
    """A calm no is 409 with a code for programs and a sentence for people."""
    act(client, "open")
    nobody = act(client, "next")
    assert (nobody.status_code, refused(nobody)) == (409, "nobody_waiting")
    assert nobody.json()["sentence"] == "2号窗口现在没有客户等候"
    take(client)
    act(client, "next")
    assert refused(act(client, "recall")) == "too_soon"
    assert refused(act(client, "close")) == "busy"
    assert refused(act(client, "call", number="A099")) == "unknown_ticket"
    assert refused(client.post("/api/tickets", json={"service": "L1"})) == "closed"


def test_a_refusal_speaks_the_language_of_the_page(client: TestClient) -> None:
    """The page's language decides the language of a refusal."""
    client.cookies["lang"] = "en"
    act(client, "open")
    assert "2" in act(client, "next").json()["sentence"]
    assert act(client, "next").json()["sentence"].isascii()


def test_what_does_not_exist_is_404(client: TestClient) -> None:
    """A counter or ticket that the address names and nobody knows is not found."""
    assert client.get("/api/counters/9").status_code == 404
    assert refused(act(client, "next", counter=9)) == "unknown_counter"
    assert client.get("/api/tickets/A099").status_code == 404
    assert client.get("/counter/9").status_code == 404
    assert refused(client.get("/api/nothing")) == "http"


def test_an_incomplete_wish_is_told(client: TestClient) -> None:
    """A verb says what it lacks instead of guessing."""
    answer = act(client, "check")
    assert (answer.status_code, answer.json()["sentence"]) == (422, "Say also: control.")
    assert act(client, "dance").status_code == 422
    assert act(client, "next", unknown="x").status_code == 422


def test_numbers_are_read_as_people_type_them(client: TestClient) -> None:
    """A number typed as "a 001" is A001, for looking up and for calling."""
    take(client)
    act(client, "open")
    assert client.get("/api/tickets/a 001").json()["ticket"]["number"] == "A001"
    assert act(client, "call", number="a 001").json()["ticket"]["state"] == "called"


def test_answers_are_seen_only_at_the_counter(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """What a customer filled in is shown where the ticket is, and nowhere else or afterwards."""
    take(client)
    place = lobby.reception.find("A001", clock())
    assert lobby.reception.fill(place.ticket, "F02", {"amount": "300", "purpose": "home"}, clock()).ok
    act(client, "open")
    assert refused(client.get("/api/counters/2/filled")) == "no_ticket"
    act(client, "next")
    form = client.get("/api/counters/2/filled").json()[0]
    assert [(field["label"]["en"], list(field["value"].values())[-1]) for field in form["fields"]] == [
        ("Amount", "300"),
        ("Purpose", "Household"),
    ]
    assert refused(client.get("/api/counters/1/filled")) == "counter_closed"
    lobby.desk(1).open(clock(), teller="王芳")
    assert refused(client.get("/api/counters/1/filled")) == "another_teller"
    act(client, "done")
    assert refused(client.get("/api/counters/2/filled")) == "no_ticket"


def test_the_hall_and_its_alerts(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Calls, counters, devices and alerts are there for the lobby manager."""
    take(client)
    act(client, "open")
    act(client, "next")
    lobby.devices.report("front", "printer", "fault", "front: it refuses connections", clock())
    hall = client.get("/api/hall").json()
    assert [(call["number"], call["counter"]) for call in hall["calls"]] == [("A001", 2)]
    assert [counter["state"] for counter in hall["counters"]] == ["closed", "open"]
    assert client.get("/api/counters").json() == hall["counters"]
    assert client.get("/api/devices").json()[0]["sentence"] == "front: it refuses connections"
    lobby.lookout.look(clock())
    (alert,) = client.get("/api/alerts").json()
    assert (alert["level"], alert["kind"], alert["detail"]) == (
        "red",
        "printer_fault",
        "front: it refuses connections",
    )
    assert alert["sentence"] == "号票打印机没有应答：请看电源和连线，号码仍有效"


def test_a_reprint_is_one_more_copy(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """A reprint is a marked copy of the same number, and waits for the paper before it."""
    take(client)
    assert refused(client.post("/api/tickets/A001/reprint")) == "printing"
    job = lobby.outbox.due("front")
    assert job
    lobby.outbox.finish(lobby.outbox.begin(job, clock()), "printed", "", clock())
    answer = client.post("/api/tickets/A001/reprint")
    assert (answer.status_code, answer.json()["copy"]) == (202, 1)


@pytest.mark.warns("cannot be opened", "was moved or replaced")  # by a thread that begins, by one that had it open
def test_health_asks_the_store(client: TestClient, lobby: Lobby) -> None:
    """Health is the store's, not only the web server's."""
    assert client.get("/health").json()["ok"] is True
    lobby.close()
    (lobby.data / "lobby.sqlite").unlink()
    (lobby.data / "lobby.sqlite").mkdir()
    answer = client.get("/health")
    assert (answer.status_code, refused(answer)) == (503, "store")
    assert str(lobby.data) not in answer.text


def test_a_mistake_of_ours_is_a_calm_sentence(lobby: Lobby, clock: Clock) -> None:
    """A bug never shows its traceback to a teller, and its answer is sealed like every other."""
    app = make_app(lobby, clock)

    @app.get("/fall")
    def fall() -> None:
        raise RuntimeError("a secret of the program")

    with TestClient(app, base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as client:
        answer = client.get("/fall")
    assert (answer.status_code, refused(answer)) == (500, "bug")
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8321"}, 403),
        ({"Host": "elsewhere.example"}, 421),
        ({"Host": "[::1"}, 421),
        ({"Origin": "http://["}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": "70000"}, 413),
    ],
)
def test_only_our_own_pages_may_write(client: TestClient, headers: dict[str, str], status: int) -> None:
    """Another site's page cannot open a counter in a teller's name."""
    answer = client.post("/api/counters/1/open", content=b"{}", headers={"Content-Type": "application/json"} | headers)
    assert answer.status_code == status
    assert client.get("/api/counters/1").json()["state"] == ("open" if status == 200 else "closed")


@pytest.mark.parametrize("path", ["/", "/counter/1", "/lobby", "/api/hall", "/api/nothing", "/static/staff.css"])
def test_every_answer_is_sealed(client: TestClient, path: str) -> None:
    """Every answer forbids foreign scripts, frames and guessing of types; what is read is not kept."""
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


@pytest.mark.parametrize("path", ["/", "/counter/2", "/lobby"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_stand_in_both_languages(client: TestClient, path: str, language: str) -> None:
    """Every page has all its words in both languages, and no script or style of its own."""
    page = client.get(path, params={"lang": language})
    assert page.status_code == 200
    assert ("Test Street Branch" in page.text.partition("<header")[2]) == (language == "en")
    assert "style=" not in page.text
    assert timeless(client.get(path).text) == timeless(page.text)  # the cookie remembers


def test_an_address_that_is_no_page(client: TestClient, stranger: TestClient) -> None:
    """A person is shown the pages that there are, a program is told; a stranger signs in first."""
    person = {"Accept": "text/html"}
    found = client.get("/counters?lang=en", headers=person)
    assert found.status_code == 404
    assert "There is no such page" in found.text
    assert client.get("/counters").json()["code"] == "http"
    stranger.cookies.clear()
    assert stranger.get("/counters", headers=person, follow_redirects=False).status_code == 303


def timeless(page: str) -> str:
    """A page without the time it was made at."""
    return re.sub('"now": "[^"]+"', "", page)


def test_words_agree_between_languages(lobby: Lobby) -> None:
    """No word of the staff's pages is missing in a language."""
    words = lobby.setup.words
    assert set(words["zh"]["staff"]) == set(words["en"]["staff"])
