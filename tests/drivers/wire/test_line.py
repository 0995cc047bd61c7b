"""A serial line: its errors are sentences, its pace is our own clock."""

from __future__ import annotations

import os
import pty
import select
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.wire import line as module
from lobbyline.drivers.wire.answers import Expected
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.settings import SerialSettings
from tests.patience import PATIENCE


@pytest.fixture
def ends() -> Iterator[tuple[int, Path]]:
    """A line whose far end nobody reads: the master's descriptor and the slave's path."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield master, Path(os.ttyname(slave))
    for descriptor in (slave, master):
        os.close(descriptor)


def test_a_missing_adapter_is_told_with_bus_path_and_what_to_try(tmp_path: Path) -> None:
    """The technician reads which bus, which path, what was seen and what to try."""
    with pytest.raises(DeviceError) as error:
        Line("hall", tmp_path / "adapter", SerialSettings()).open()
    assert str(error.value) == (
        f"Bus 'hall' ({tmp_path}/adapter) cannot be opened: No such file or directory. "
        "Plug the adapter in, and name it by a path of /dev/serial/by-id or by-path."
    )


def test_a_path_that_is_no_serial_line_is_told(tmp_path: Path) -> None:
    """An ordinary file is recognised as no serial line."""
    (tmp_path / "file").touch()
    with pytest.raises(DeviceError, match=r"This path is no serial line: name the adapter's\."):
        Line("hall", tmp_path / "file", SerialSettings()).open()


def test_one_line_has_one_master(ends: tuple[int, Path]) -> None:
    """A second program of ours is told that the line is taken."""
    first, second = (Line("hall", ends[1], SerialSettings()) for _ in range(2))
    first.open()
    with pytest.raises(DeviceError, match="Another program holds it: only one may"):
        second.open()
    first.close()


def test_a_frame_that_timed_out_is_sent_again_whole(ends: tuple[int, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """When the line stops taking bytes what is stuck is thrown away and the frame repeated from its first byte."""
    monkeypatch.setattr(module, "WRITE_TIMEOUT", 0.05)
    line = Line("hall", ends[1], SerialSettings(1000000), pause=lambda _: None)
    line.open()
    for number in range(1, 31):
        line.say(bytes([number]) * 1000, 0.0)
    heard = everything(ends[0])
    line.close()
    assert len(heard) < 30000
    assert heard.endswith(bytes([30]) * 1000)


def everything(master: int) -> bytes:
    """All that has arrived at the far end."""
    heard = b""
    while select.select([master], [], [], 0.1)[0]:
        heard += os.read(master, 4096)
    return heard


def test_frames_are_paced_by_our_own_clock(ends: tuple[int, Path]) -> None:
    """The next frame waits for the wire time of the last one and the gap, whatever the kernel says."""
    pauses: list[float] = []
    line = Line("hall", ends[1], SerialSettings(baudrate=300), pause=pauses.append)
    line.open()
    line.say(bytes(300), 20.0)
    line.say(b"next", 0.0)
    line.close()
    assert [round(pause, -1) for pause in pauses] == [30.0]


def test_the_next_frame_waits_for_the_gap_behind_an_answer(ends: tuple[int, Path]) -> None:
    """Boards need their silence after an answer, too, however long it was in coming."""
    pauses: list[float] = []
    line = Line("hall", ends[1], SerialSettings(), pause=pauses.append)
    line.open()
    line.say(b"first", 0.0)
    os.write(ends[0], b"\x06")
    answered = Expected(lambda heard: ("ok", 1) if b"\x06" in heard else None, False, 0.1, 2)
    assert line.hear(answered, PATIENCE, 20.0) == ("ok", 0)
    line.say(b"next", 0.0)
    line.close()
    assert [round(pause, -1) for pause in pauses if pause > 1] == [20.0]


def test_wire_time_counts_start_stop_and_parity() -> None:
    """Ten bits a byte for 8N1, eleven for 8E1."""
    assert SerialSettings(9600).seconds(960) == 1.0
    assert SerialSettings(9600, parity="E").seconds(960) == 1.1


def test_an_unplugged_adapter_is_told_while_nothing_is_sent() -> None:
    """Looking at an idle line shows that it is gone."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    line = Line("hall", Path(os.ttyname(slave)), SerialSettings())
    line.open()
    os.close(slave)
    os.close(master)
    with pytest.raises(DeviceError, match=r"is gone: Input/output error\. Look at the plug of the adapter"):
        line.listen()
