"""What boards show: rows of calls, who please prepare, and whose words they say it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.display.boards import program as boards
from lobbyline.display.boards import protocols
from lobbyline.display.boards.faces import face_for, text_for, wrong_wording
from lobbyline.lobby.branch import Board, Bus
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.hall.view import Call, CounterView, HallView

AT = datetime(2026, 11, 23, 10, 12).astimezone()


def board(**more: object) -> Board:
    given = {"name": "main", "protocol": "cq-zhongyi-2colour", "address": 1, "width": 16, **more}
    return Board.model_validate(given)


def bus(**more: object) -> Bus:
    return Bus.model_validate({"name": "hall", "port": "standin/hall", "boards": [board().model_dump()], **more})


def hall(setup: Setup, calls: list[tuple[str, int]], called: str = "", soon: tuple[str, ...] = ()) -> HallView:
    """Counters 1 to 3 are open; whoever was called is still on the way to the counter of the newest call."""
    name = setup.branch.counters[0].name
    at_counter = calls[0][1] if calls else 0
    return HallView(
        calls=[Call(9 - n, number, counter, AT, False) for n, (number, counter) in enumerate(calls)],
        queues=[],
        counters=[
            CounterView(n, name, "open", *((called, "called") if n == at_counter and called else ("", "")))
            for n in (1, 2, 3)
        ],
        soon=list(soon),
    )


def shown(setup: Setup, view: HallView, one: Board, on: Bus | None = None) -> tuple[str, str]:
    face = face_for(view, on or bus(), one, setup)
    return face.action, str(face.values["text"])


def test_the_rows_of_the_main_board_are_the_last_calls(setup: Setup) -> None:
    """The newest flashes until its customer has come; the rows below stand still; a row without a call is dark."""
    view = hall(setup, [("A013", 2), ("A012", 1)], called="A013")
    assert shown(setup, view, board()) == ("call", "请A013到2号窗口")
    assert shown(setup, view, board(row=2)) == ("serving", "请A012到1号窗口")
    assert shown(setup, view, board(row=3))[0] == "clear"


def test_a_main_board_is_closed_only_when_nobody_is_left(setup: Setup) -> None:
    """Before the first counter opens, whoever waits already is welcome; without anybody, closed counters are closed."""
    view = hall(setup, [], soon=("A001",))
    shut = [replace(counter, state="closed") for counter in view.counters]
    assert shown(setup, replace(view, counters=shut), board())[0] == "welcome"
    assert shown(setup, replace(view, counters=shut, soon=[]), board())[0] == "closed"


def test_as_many_of_the_next_as_fit_are_told_to_prepare(setup: Setup) -> None:
    """A wide board names three, a narrow one one, a row of its own another; nobody is a dark board."""
    view = hall(setup, [], soon=("A012", "B003", "L001"))
    assert shown(setup, view, board(shows="next", width=24)) == ("prepare", "请A012 B003 L001准备")
    assert shown(setup, view, board(shows="next", width=16)) == ("prepare", "请A012 B003准备")
    assert shown(setup, view, board(shows="next", width=5)) == ("prepare", "A012")
    assert shown(setup, view, board(shows="next", width=10, row=3)) == ("prepare", "请L001准备")
    assert shown(setup, hall(setup, []), board(shows="next"))[0] == "clear"


def test_words_are_the_boards_before_the_buss_before_the_branchs(setup: Setup) -> None:
    """A technician's wording goes before the shipped one, the nearer one first; a board may speak another language."""
    view = hall(setup, [("A012", 1)], called="A012")
    words = bus(texts={"call": "{ticket} → {window}"})
    assert shown(setup, view, board(), words) == ("call", "A012 → 1")
    assert shown(setup, view, board(texts={"call": "{ticket}!"}), words) == ("call", "A012!")
    assert shown(setup, view, board(language="en", width=20)) == ("call", "A012 to counter 1")
    assert shown(setup, view, board(), bus(language="en")) == ("call", "A012 to 1")


def test_a_technicians_words_go_before_the_protocols_own() -> None:
    """Candle boards say PAUSED by their file; with `texts` they say what the technician wrote."""
    protocol = protocols.preset(Path(), "qsystem-candle")
    own = board(protocol="qsystem-candle", address=33, texts={"paused": "LUNCH"})
    post = boards.post_of(own, bus(), protocol)
    said: dict[str, int | str] = {"address": 33, "ticket": "", "window": 3, "text": "LUNCH", "arrow": ">"}
    assert post.protocol.frame("paused", said) == b"\x01\x21\x20LUNCH  \x07"
    assert protocol.frame("paused", said) == b"\x01\x21\x20PAUSED \x07"


@pytest.mark.parametrize(
    ("width", "text"), [(30, "请A012到3号窗口"), (15, "请A012到3号窗口"), (12, "A012到3号"), (4, "A012"), (2, "A012")]
)
def test_the_first_wording_that_fits_is_taken(width: int, text: str) -> None:
    """Widths are half cells; when nothing fits the shortest is sent, and the board cuts it."""
    wordings = "请{ticket}到{window}号窗口 | {ticket}到{window}号 | {ticket}"
    assert text_for(wordings, ["A012"], 3, width) == text


def test_a_wrong_word_of_a_technician_is_told_at_its_line(branch_folder: Path) -> None:
    """A place that nothing fills, a brace, a language the branch does not speak."""
    assert wrong_wording("{ticket} {windw}") == "knows no {windw}, only {ticket}, {window} and {tickets}."
    assert wrong_wording("{window:02d}") == "knows no {window:02d}, only {ticket}, {window} and {tickets}."
    assert wrong_wording("{ticket").startswith("has a brace that does not fit")
    file = branch_folder / "devices.toml"
    wrong = 'port = "standin/main"\nlanguage = "fr"\ntexts = { call = "{tickt}" }'
    file.write_text(file.read_text("utf-8").replace('port = "standin/main"', wrong), "utf-8")
    with pytest.raises(ConfigError) as error:
        protocols.protocols(load(branch_folder))
    told = [(mistake.line, mistake.sentence) for mistake in error.value.mistakes]
    lines = file.read_text("utf-8").splitlines()
    assert [lines[line - 1].split(" = ")[0] for line, _ in told] == ["language", "texts"]


def test_words_that_no_board_could_show_are_told(branch_folder: Path) -> None:
    """A main board of three cells cannot show a number, whatever wording is chosen."""
    file = branch_folder / "devices.toml"
    lines = file.read_text("utf-8").splitlines()
    width = lines.index("width = 16")
    file.write_text("\n".join([*lines[:width], "width = 3", *lines[width + 1 :]]) + "\n", "utf-8")
    with pytest.raises(ConfigError) as error:
        protocols.protocols(load(branch_folder))
    assert [(mistake.line, mistake.sentence) for mistake in error.value.mistakes] == [
        (width + 1, 'width is 3, but the shortest text of "call" has 4 columns: "A888".'),
        (width + 1, 'width is 3, but the shortest text of "closed" has 4 columns: "未开".'),
        (width + 1, 'width is 3, but the shortest text of "welcome" has 4 columns: "欢迎".'),
    ]


def test_a_face_that_a_protocol_has_no_room_for_is_told_before_anybody_is_called(setup: Setup) -> None:
    """Candle boards have seven columns: behind a number of four and its arrow there is none for a counter of three."""
    known = {"qsystem-candle": protocols.preset(Path(), "qsystem-candle")}
    over = {44: [], 144: ["call", "serving"]}
    for counter, states in over.items():
        one = board(protocol="qsystem-candle", address=33, counter=counter)
        assert [*protocols.refused_faces(bus(), one, setup, known)] == [
            f"qsystem-candle cannot show \"{state}\" for A888: 'A888>144' has 8 bytes: the board has room for 7."
            for state in states
        ]


def test_a_board_that_has_no_face_for_the_next_ones_is_not_hung_up_for_them() -> None:
    """A 平安力合 board could only say that they are being served."""
    known = {"pinganlihe-v21": protocols.preset(Path(), "pinganlihe-v21")}
    calls, following = (board(protocol="pinganlihe-v21", shows=shows) for shows in ("calls", "next"))
    assert [*protocols.wrong_with(calls, [calls], known)] == []
    assert [*protocols.wrong_with(following, [following], known)] == [
        ("protocol", "pinganlihe-v21 has no action prepare: this board needs it.")
    ]
