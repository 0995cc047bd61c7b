"""What the lobby manager is told: found by thresholds, raised once, taken and done, gone with its cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from lobbyline.lobby.branch import Levels
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.ticket import shown

MINUTE = timedelta(minutes=1)


def take(lobby: Lobby, at: datetime, service: str = "W1", segment: str = "ordinary") -> str:
    return lobby.reception.take(service, at, segment=segment, paper=False).ticket.number


def told(lobby: Lobby, at: datetime) -> dict[str, str]:
    """What there is now: names without numbers of rows, and colours."""
    return {cause.name: cause.level for cause in lobby.lookout.now(at)}


def kinds(lobby: Lobby, at: datetime) -> set[tuple[str, str]]:
    return {(cause.kind, cause.level) for cause in lobby.lookout.now(at)}


def listed(lobby: Lobby, at: datetime) -> list[tuple[str, str]]:
    lobby.lookout.look(at)
    return [(row.kind, row.level) for row in lobby.lookout.listed()]


def test_colours_ascend() -> None:
    """A value has the highest colour it reached; 0 switches a colour off; colours out of order are a mistake."""
    levels = Levels(yellow=10, orange=0, red=30)
    assert [levels.colour(value) for value in (9.9, 10, 29, 30)] == ["", "yellow", "yellow", "red"]
    with pytest.raises(ValueError, match="ascend"):
        Levels(yellow=10, orange=5, red=30)


def test_a_long_wait(lobby: Lobby, at: datetime) -> None:
    """The longest wait of a line turns yellow, orange, red; from fifteen minutes on everybody is brought water."""
    take(lobby, at)
    take(lobby, at + MINUTE)
    assert told(lobby, at + 9.9 * MINUTE) == {}
    assert told(lobby, at + 10 * MINUTE) == {"wait:A": "yellow"}
    assert kinds(lobby, at + 15 * MINUTE) == {("wait", "yellow"), ("water", "yellow")}
    assert told(lobby, at + 30 * MINUTE)["wait:A"] == "red"
    assert sum(cause.kind == "water" for cause in lobby.lookout.now(at + 16 * MINUTE)) == 2
    first = lobby.lookout.now(at + 20 * MINUTE)[0]
    assert (first.kind, first.since) == ("wait", at + 20 * MINUTE)
    assert lobby.lookout.say(first, "en") == "A\u2009001 has waited over 20 minutes (Quick service)"


def test_a_crowd(lobby: Lobby, at: datetime) -> None:
    """Ten who wait are yellow, fifteen orange, from the moment the tenth came."""
    for n in range(15):
        take(lobby, at + timedelta(seconds=n))
    crowd = next(cause for cause in lobby.lookout.now(at + MINUTE) if cause.kind == "crowd")
    assert (crowd.level, crowd.since, crowd.facts["people"]) == ("orange", at + timedelta(seconds=14), 15)


def test_whoever_is_met(lobby: Lobby, at: datetime) -> None:
    """A privileged customer, somebody who is not sure, somebody sent on from a counter, somebody whom nobody serves."""
    take(lobby, at, "W1", "vip")
    take(lobby, at, "Q1")
    assert kinds(lobby, at) == {("guest", "yellow"), ("unsure", "yellow")}
    lobby.desk(1).open(at)
    take(lobby, at, "O1")
    assert ("stuck", "orange") in kinds(lobby, at + MINUTE)
    lobby.desk(2).open(at)
    assert ("stuck", "orange") not in kinds(lobby, at + MINUTE)
    wrong = take(lobby, at, "P1")
    lobby.desk(1).call(wrong, at)
    lobby.desk(1).move(wrong, "I1", at + MINUTE)
    stray = next(cause for cause in lobby.lookout.now(at + MINUTE) if cause.kind == "stray")
    assert (stray.since, stray.facts) == (at + MINUTE, {"ticket": wrong, "service": "I1"})
    lobby.desk(2).call(wrong, at + 2 * MINUTE)
    assert ("stray", "orange") not in kinds(lobby, at + 2 * MINUTE)


def test_counters(lobby: Lobby, at: datetime) -> None:
    """A free counter while somebody waits for it, and a job far over its time."""
    take(lobby, at)
    lobby.desk(1).open(at)
    lobby.desk(4).open(at)  # does nothing that anybody waits for
    assert told(lobby, at + 2.9 * MINUTE) == {}
    assert told(lobby, at + 3 * MINUTE) == {"idle:1": "yellow"}
    assert told(lobby, at + 9 * MINUTE)["idle:1"] == "orange"
    lobby.desk(1).next(at + 9 * MINUTE)
    lobby.desk(1).greet(at + 9 * MINUTE)
    assert kinds(lobby, at + 18.9 * MINUTE) == set()
    assert kinds(lobby, at + 19 * MINUTE) == {("job", "orange")}  # three minutes were expected


def test_leaving(lobby: Lobby, at: datetime) -> None:
    """Two of twenty who left are orange; of fewer numbers nothing is said."""
    numbers = [take(lobby, at) for _ in range(19)]
    for number in numbers[:2]:
        lobby.floor.leave(number, at)
    assert "leaving" not in told(lobby, at)
    take(lobby, at)
    assert told(lobby, at)["leaving"] == "orange"


def test_a_calendar_that_ends(lobby: Lobby, at: datetime) -> None:
    """From December on somebody is told that next year's holidays are missing."""
    assert "calendar:2027" not in told(lobby, at.replace(year=2027, month=11, day=30))
    december = at.replace(year=2027, month=12, day=1)
    assert told(lobby, december)["calendar:2027"] == "yellow"
    said = {lobby.lookout.say(cause, "en") for cause in lobby.lookout.now(december)}
    assert "The holidays that are known end on 2027-10-03: ask the technician for next year's" in said


def test_devices_speak_two_languages(lobby: Lobby, at: datetime) -> None:
    """People hear where the device is and what to do; where they cannot, the technician's sentence stands beside it."""
    lobby.devices.report("front", "printer", "warn", 'Printer "front": the paper is nearly out', at, "paper_low")
    lobby.devices.report("counter-3", "board", "fault", "no answer", at)
    lobby.devices.report("main-row-2", "board", "fault", "no answer", at)
    lobby.devices.report("reader-1", "reader", "fault", "gone", at)
    said = {lobby.lookout.say(cause, "en"): cause.detail for cause in lobby.lookout.now(at)}
    assert said == {
        "Ticket printer: Paper will run out soon, have a new roll ready": "",
        "Board over counter 3 does not answer: look at its plug; screen and voice go on": "no answer",
        "The hall's board does not answer: look at its plug; screen and voice go on": "no answer",
        "reader-1 does not work: call the technician": "gone",
    }
    here = set(map(lobby.lookout.say, lobby.lookout.now(at)))
    assert here > {"3号窗口的屏没有应答：请看插头，大屏和语音照常", "号票打印机：快没纸了，请备好新纸"}


@pytest.mark.parametrize(
    ("device", "trouble", "told"),
    [
        ("printer fault", "silent", "It does not answer, look at its power and its cable; numbers stay valid"),
        ("board fault", "nak", "It says no to everything, call the technician; screen and voice go on"),
        ("bus fault", "unplugged", "It is not plugged in, look at both ends of its cable; screen and voice go on"),
        ("voice warn", "unvoiced", "A recording is missing, call the technician; call numbers aloud until it is back"),
        ("keypad fault", "silent", "It does not answer, look at its power and its cable; call from the page"),
        ("keypads fault", "taken", "Another program holds it, call the technician; call from the page"),
        ("reader fault", "silent", "It does not answer, look at its power and its cable"),
        ("screen warn", "passed_over a b.png, c.mp4", "Not shown: a b.png, c.mp4. Save it anew, or take it out"),
        ("files fault", "mistaken", "There is a mistake in them, the last good ones are in use, call the technician"),
    ],
)
def test_a_known_trouble_is_told_in_the_readers_language(
    lobby: Lobby, at: datetime, device: str, trouble: str, told: str
) -> None:
    """What a device tells with a code has words in the list and among the devices, and nothing foreign beside them."""
    kind, state = device.split()
    lobby.devices.report("ours", kind, state, "what the technician reads", at, trouble)
    [cause], [reported] = lobby.lookout.now(at), lobby.devices.all()
    assert (lobby.lookout.say(cause, "en"), cause.detail) == (f"ours: {told}", "")
    assert lobby.devices.told(reported, "en") in told
    assert lobby.devices.told(reported, "zh") in lobby.lookout.say(cause, "zh")


def test_raised_once_and_gone_with_its_cause(lobby: Lobby, at: datetime) -> None:
    """However often one looks, one row; graver is raised again; when the cause is gone so is the row."""
    number = take(lobby, at)
    for second in range(3):
        assert listed(lobby, at + 10 * MINUTE + timedelta(seconds=second)) == [("wait", "yellow")]
    assert listed(lobby, at + 20 * MINUTE) == [("wait", "orange"), ("water", "yellow")]
    lobby.floor.leave(number, at + 21 * MINUTE)
    assert listed(lobby, at + 21 * MINUTE) == []
    with lobby.read() as book:
        rows = book.floor.alerts_between(at.date(), at.date())
    assert [(row.kind, row.level, (row.gone_at - at) / MINUTE) for row in rows if row.gone_at] == [
        ("wait", "yellow", 20), ("wait", "orange", 21), ("water", "yellow", 21),
    ]  # fmt: skip


@pytest.mark.sqlite
def test_nothing_is_written_while_nothing_changes(lobby: Lobby, at: datetime) -> None:
    """Looking again and again does not wear the disk."""
    take(lobby, at)
    lobby.lookout.look(at + 10 * MINUTE)
    before = (lobby.data / "lobby.sqlite-wal").stat().st_size
    for _ in range(5):
        lobby.lookout.look(at + 11 * MINUTE)
    assert (lobby.data / "lobby.sqlite-wal").stat().st_size == before


def test_a_complaint_is_seen_to(lobby: Lobby, at: datetime) -> None:
    """Noted once as a code, it stands in the list until somebody has seen to it, and the day's report counts it."""
    number = take(lobby, at)
    lobby.complaints.note("order", at, "孙丽", number, key="once")
    lobby.complaints.note("order", at, "孙丽", number, key="once")
    lobby.complaints.note("machine", at + MINUTE, "孙丽")
    of_whom, anybody = sorted(lobby.lookout.listed(), key=lambda row: row.since)
    assert (
        lobby.lookout.say(of_whom, "en") == f"{shown(number)} is unhappy about the order of calls: please go and listen"
    )
    assert lobby.lookout.say(anybody) == "有客户对机具设备不满意：请去听一听"
    lobby.lookout.done(of_whom.id, "孙丽", at + 2 * MINUTE)
    lobby.lookout.look(at + 3 * MINUTE)
    assert [row.kind for row in lobby.lookout.listed()] == ["complaint"]
    found = lobby.records.report(at.date(), at.date(), at)
    assert found.complaints == {"order": 1, "machine": 1}


@pytest.mark.parametrize(
    ("about", "by", "number", "code"),
    [
        ("weather", "孙丽", "", "unknown_complaint"),
        ("wait", " ", "", "person_unknown"),
        ("wait", "孙丽", "A999", "unknown_ticket"),
    ],
)
def test_a_complaint_is_a_code_of_somebody(
    lobby: Lobby, at: datetime, about: str, by: str, number: str, code: str
) -> None:
    """What no file knows, nobody says, or no visit is behind, is not written down."""
    with pytest.raises(Refusal) as refused:
        lobby.complaints.note(about, at, by, number)
    assert refused.value.code == code
    assert lobby.lookout.listed() == []


def test_taken_and_done(lobby: Lobby, at: datetime) -> None:
    """One takes it and the others see who; done it is off the list, and only something graver brings it back."""
    take(lobby, at)
    lobby.lookout.look(at + 10 * MINUTE)
    (row,) = lobby.lookout.listed()
    lobby.lookout.take(row.id, "周敏", at + 11 * MINUTE)
    assert lobby.lookout.listed()[0].taken_by == "周敏"
    with pytest.raises(Refusal, match="周敏"):
        lobby.lookout.take(row.id, "李静", at + 11 * MINUTE)
    lobby.lookout.done(row.id, "周敏", at + 12 * MINUTE)
    assert listed(lobby, at + 14 * MINUTE) == []
    assert listed(lobby, at + 20 * MINUTE) == [("wait", "orange"), ("water", "yellow")]
    with lobby.read() as book:
        what = [event.what for event, _ in book.chain() if event.what.startswith("alert")]
    assert what == ["alert_taken", "alert_done"]


@pytest.mark.parametrize("touch", ["take", "done"])
def test_a_touch_needs_a_person(lobby: Lobby, at: datetime, touch: str) -> None:
    """Nobody is nobody, and an alert that never was cannot be taken."""
    lobby.reception.ask_help(at)
    lobby.lookout.look(at)
    act: Callable[[int, str, datetime], object] = getattr(lobby.lookout, touch)
    with pytest.raises(Refusal, match="您"):
        act(1, " ", at)
    with pytest.raises(Refusal, match="不在"):
        act(99, "周敏", at)
