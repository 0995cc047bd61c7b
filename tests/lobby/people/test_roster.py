"""People, sessions, machines and programs: who may, and what is kept of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.moving import TABLES
from tests.lobby.heard import refused

OWN = "amber-7-kettle"


@pytest.fixture
def crew(lobby: Lobby, at: datetime) -> Lobby:
    """A branch manager and a teller, with secrets of their own."""
    lobby.people.add("chenwei", "陈伟", ["branch_manager"], "console", at, own=OWN)
    lobby.people.add("lijing", "李静", ["teller"], "陈伟", at, own=OWN)
    return lobby


def events(lobby: Lobby) -> list[tuple[str, str]]:
    """What happened, and by whom."""
    with lobby.read() as book:
        return [(event.what, event.who) for event, _ in book.chain()]


def everything(lobby: Lobby) -> str:
    """All that the memory holds, as text."""
    with lobby.store.reading() as rows:
        return str([[*rows.pages(table, rows.columns(table))] for table in TABLES])


def test_nothing_is_there_by_default(lobby: Lobby, at: datetime) -> None:
    """A new branch has nobody, and no name and secret open anything."""
    assert lobby.people.nobody()
    for name, typed in (("admin", "admin"), ("", ""), ("root", "123456")):
        with refused("sign_in"):
            lobby.sessions.sign_in(name, typed, at)


def test_the_first_account_is_the_first(lobby: Lobby, at: datetime) -> None:
    """With the first account made, nobody makes another first one."""
    lobby.people.add("chenwei", "陈伟", ["branch_manager"], "", at, own=OWN, first=True)
    with refused("not_first"):
        lobby.people.add("mallory", "马洛", ["branch_manager"], "", at, own=OWN, first=True)


def test_a_first_secret_is_changed(crew: Lobby, at: datetime) -> None:
    """Whoever was given a PIN chooses a secret of his own before anything else; then the PIN opens nothing."""
    pin = crew.people.add("wangfang", "王芳", ["supervisor"], "陈伟", at)
    with refused("choose_secret"):
        crew.sessions.sign_in("wangfang", pin, at)
    with refused("same_secret"):
        crew.sessions.sign_in("wangfang", pin, at, new=pin)
    assert crew.sessions.of(crew.sessions.sign_in("WangFang ", pin, at, new=OWN), at).person.shown == "王芳"
    with refused("sign_in"):
        crew.sessions.sign_in("wangfang", pin, at)


@pytest.mark.parametrize("weak", ["12345", "123456", "987654", "111111", "121212", "lijing2", "x" * 200])
def test_a_weak_secret_is_refused(lobby: Lobby, at: datetime, weak: str) -> None:
    """Short, laddered, of one or two keys, the name itself, or endless: refused."""
    with refused("weak_secret"):
        lobby.people.add("lijing2", "李静", ["teller"], "console", at, own=weak)


def test_guessing_locks_longer_each_time(crew: Lobby, at: datetime) -> None:
    """After five wrong secrets even the right one waits, twice as long after each further failure."""
    for _ in range(4):
        with refused("sign_in"):
            crew.sessions.sign_in("lijing", "wrong", at)
    with pytest.raises(Refusal, match="请1分钟后再试"):
        crew.sessions.sign_in("lijing", "wrong", at)
    with refused("locked_out"):
        crew.sessions.sign_in("lijing", OWN, at)
    later = at + timedelta(minutes=1)
    with pytest.raises(Refusal, match="请2分钟后再试"):
        crew.sessions.sign_in("lijing", "wrong", later)
    assert crew.sessions.sign_in("lijing", OWN, later + timedelta(minutes=2))
    with refused("sign_in"):  # the count begins anew
        crew.sessions.sign_in("lijing", "wrong", later + timedelta(minutes=3))


def test_a_new_pin_opens_a_lock(crew: Lobby, at: datetime) -> None:
    """Whoever enters people can give a new PIN to somebody who is locked out; his sessions end."""
    token = crew.sessions.sign_in("lijing", OWN, at)
    for _ in range(5):
        with pytest.raises(Refusal):
            crew.sessions.sign_in("lijing", "wrong", at)
    pin = crew.people.reset("lijing", "陈伟", at)
    with refused("signed_out"):
        crew.sessions.of(token, at)
    assert crew.sessions.sign_in("lijing", pin, at, new="other-9-kettle")


def test_a_session_locks_and_ends(crew: Lobby, at: datetime) -> None:
    """Without a touch a session is locked, opens for its own person, and ends after so many hours whatever happens."""
    token = crew.sessions.sign_in("lijing", OWN, at)
    idle = at + timedelta(minutes=crew.branch.staff.idle_minutes, seconds=1)
    assert not crew.sessions.locked(crew.sessions.of(token, at), at)
    session = crew.sessions.of(token, idle)
    assert crew.sessions.locked(session, idle)
    with refused("sign_in"):
        crew.sessions.unlock(session, "wrong", idle)
    crew.sessions.unlock(session, OWN, idle)
    assert not crew.sessions.locked(crew.sessions.of(token, idle), idle)
    with refused("signed_out"):
        crew.sessions.of(token, at + timedelta(hours=crew.branch.staff.session_hours, seconds=1))


def test_whoever_leaves_is_out_at_once(crew: Lobby, at: datetime) -> None:
    """A person who left has no session and no sign-in, and nobody inherits the name."""
    token = crew.sessions.sign_in("lijing", OWN, at)
    crew.people.leave("lijing", "陈伟", at)
    with refused("signed_out"):
        crew.sessions.of(token, at)
    with refused("sign_in"):
        crew.sessions.sign_in("lijing", OWN, at)
    for name, shown in (("lijing", "李小静"), ("lijing2", "李静"), ("lijing2", " 李静 ")):
        with refused("person_exists"):
            crew.people.add(name, shown, ["teller"], "陈伟", at)


def test_somebody_can_always_enter_people(crew: Lobby, at: datetime) -> None:
    """The last one who may enter people neither leaves nor loses the right."""
    with refused("last_manager"):
        crew.people.leave("chenwei", "陈伟", at)
    with refused("last_manager"):
        crew.people.change("chenwei", ["teller"], [], "陈伟", at)
    crew.people.change("lijing", ["teller", "technician"], [], "陈伟", at)
    crew.people.leave("chenwei", "李静", at)


def test_names_that_look_alike_are_one(crew: Lobby, at: datetime) -> None:
    """Full-width letters and other cases make no second person of the same look."""
    crew.people.add("ann", "Ann Li", ["teller"], "陈伟", at)
    with refused("person_exists"):
        crew.people.add("ann2", "ＡＮＮ  li", ["teller"], "陈伟", at)
    for name, shown in (("a b", "x"), ("", "x"), ("okay", "\u202e"), ("okay", " ")):
        with refused("person_name"):
            crew.people.add(name, shown, ["teller"], "陈伟", at)
    with refused("unknown_role"):
        crew.people.add("okay", "Okay", ["program"], "陈伟", at)


def test_a_token_is_a_programs(crew: Lobby, at: datetime) -> None:
    """A program's token is known until it is revoked, and a new one of the same name replaces it."""
    old = crew.tokens.add("core", ["program"], "陈伟", at)
    new = crew.tokens.add("core", ["program"], "陈伟", at)
    assert crew.tokens.of(new).name == "core"
    with refused("signed_out"):
        crew.tokens.of(old)
    crew.tokens.revoke("core", "陈伟", at)
    with refused("signed_out"):
        crew.tokens.of(new)
    with refused("unknown_token"):
        crew.tokens.revoke("core", "陈伟", at)
    for roles in ([], ["program", "king"]):
        with refused("unknown_role"):
            crew.tokens.add("core", roles, "陈伟", at)
    with refused("person_name"):
        crew.tokens.add("Core", ["program"], "陈伟", at)


def test_a_counter_with_a_machine_is_served_there(crew: Lobby, at: datetime) -> None:
    """A counter's own browser serves that counter, other browsers do not; freed, it may be served from anywhere."""
    token = crew.machines.bind(2, "陈伟", at)
    assert crew.machines.counter(token) == 2
    crew.machines.must_serve(2, 2)
    crew.machines.must_serve(1, None)
    for counter, here in ((2, None), (1, 2)):
        with refused("other_machine"):
            crew.machines.must_serve(counter, here)
    crew.machines.free(2, "陈伟", at)
    crew.machines.must_serve(2, crew.machines.counter(token))


def test_everything_is_an_event_and_no_secret_is_kept(crew: Lobby, at: datetime) -> None:
    """Sign-ins, refusals and changes are in the chain; no secret, token or typed name is in the memory."""
    token = crew.sessions.sign_in("lijing", OWN, at)
    with pytest.raises(Refusal):
        crew.sessions.sign_in("lijing", "typed-by-mistake", at)
    with pytest.raises(Refusal):
        crew.sessions.sign_in("secret-in-the-wrong-field", "x", at)
    crew.sessions.sign_out(crew.sessions.of(token, at), at)
    program = crew.tokens.add("core", ["program"], "陈伟", at)
    assert events(crew) == [
        ("person_added", "console"), ("person_added", "陈伟"), ("signed_in", "李静"), ("sign_in_refused", "李静"),
        ("sign_in_refused", "unknown"), ("signed_out", "李静"), ("token_added", "陈伟"),
    ]  # fmt: skip
    kept = everything(crew)
    for told in (OWN, token, program, "typed-by-mistake", "secret-in-the-wrong-field"):
        assert told not in kept
    assert "李静" in kept


def test_only_the_counters_teller_presses(crew: Lobby, at: datetime) -> None:
    """At an open counter its teller presses and nobody else, until he takes over; nobody sits at two counters."""
    crew.reception.take("W1", at)
    crew.desk(1, by="李静").open(at)
    with refused("another_teller"):
        crew.desk(1, by="陈伟").next(at)
    with refused("seated_elsewhere"):
        crew.desk(2, by="李静").open(at)
    crew.desk(1, by="陈伟").hand_over("陈伟", at)
    assert crew.desk(1, by="陈伟").next(at).teller == "陈伟"


def test_advice_is_called_by_the_qualified_only(crew: Lobby, at: datetime) -> None:
    """A teller without the qualification is not given the business, neither by the rule nor by number."""
    crew.reception.take("M1", at)
    crew.desk(6, by="李静").open(at)
    with refused("nobody_waiting"):
        crew.desk(6, by="李静").next(at)
    with refused("not_qualified"):
        crew.desk(6, by="李静").call("D001", at)
    crew.people.change("lijing", ["teller"], ["funds"], "陈伟", at)
    called = crew.desk(6, by="李静").next(at).ticket
    assert called
    assert called.number == "D001"


def test_a_program_presses_in_the_tellers_name(crew: Lobby, at: datetime) -> None:
    """What a program does at a counter counts as its teller's, and the log says which program it was."""
    ticket = crew.reception.take("W1", at).ticket
    crew.desk(1, by="李静").open(at)
    crew.desk(1, via="program core").next(at)
    with crew.read() as book:
        called = book.events_of(ticket)[-1]
    assert (called["what"], called["who"], called["via"]) == ("called", "李静", "program core")
