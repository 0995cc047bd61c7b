"""The protocols of a branch's boards: found by name, read with every mistake, and judged in their use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lobbyline import ASSETS
from lobbyline.display.boards.faces import columns, longest_faces, too_wide, wrong_wording
from lobbyline.drivers.wire.protocol import ACTIONS, NEXT, Protocol, hex_frame
from lobbyline.drivers.wire.reading import ProtocolMistakes
from lobbyline.drivers.wire.values import FrameRefused
from lobbyline.lobby.branch import Board, Bus
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.config.toml import Key, Table, table_of
from lobbyline.lobby.errors import ConfigError, Mistake, Refusal


def protocols(setup: Setup) -> dict[str, Protocol]:
    """Every protocol that devices.toml names; ConfigError with all mistakes in them and in their use."""
    known: dict[str, Protocol] = {}
    mistakes: list[Mistake] = []
    for name, table in setup.protocols.items():
        try:
            known[name] = read(table)
        except ConfigError as error:
            mistakes += error.mistakes
    mistakes += misused(setup, known)
    if mistakes:
        raise ConfigError(mistakes)
    return known


def place(folder: Path, name: str) -> Path:
    """The file of a protocol by its name, the branch's own before ours."""
    places = (folder / "boards", ASSETS / "boards")
    file = next((file for place in places if (file := place / f"{name}.toml").is_file()), None)
    if file is None:
        known = sorted({file.stem for place in places for file in place.glob("*.toml")})
        raise Refusal.saying(f"There is no protocol {shown(name)}{hint(name, known)}", "unknown_protocol")
    return file


def preset(folder: Path, name: str) -> Protocol:
    """A protocol by name, whether or not devices.toml uses it."""
    return read(table_of(place(folder, name)))


def frame(protocol: Protocol, action: str, values: dict[str, str]) -> str:
    """The bytes of an action as a manual prints them; a refusal when the values do not fit."""
    try:
        return hex_frame(protocol, action, values)
    except FrameRefused as error:
        raise Refusal.saying(str(error), "impossible_frame") from error


def read(table: Table) -> Protocol:
    """A protocol of a file, its mistakes with their lines."""
    try:
        return Protocol.read(table.data)
    except ProtocolMistakes as error:
        raise ConfigError([table.mistake(path, sentence) for path, sentence in error.mistakes]) from error


def misused(setup: Setup, known: dict[str, Protocol]) -> Iterator[Mistake]:
    """Boards whose address, line or wording does not fit."""
    table = setup.wiring
    for number, bus in enumerate(setup.devices.buses):
        yield from wrong_texts(table, ("buses", number), bus, setup)
        for place, board in enumerate(bus.boards):
            path = ("buses", number, "boards", place)
            yield from wrong_texts(table, path, board, setup)
            if board.protocol in known:
                wrong = [*wrong_with(board, bus.boards, known)]
                yield from (table.mistake((*path, key), said) for key, said in wrong)
                yield from (table.mistake((*path, "width"), said) for said in lost_words(bus, board, setup, known))
                if not wrong:
                    yield from (
                        table.mistake((*path, "protocol"), said) for said in refused_faces(bus, board, setup, known)
                    )


def wrong_texts(table: Table, path: Key, place: Bus | Board, setup: Setup) -> Iterator[Mistake]:
    if place.language and place.language not in setup.words:
        yield table.mistake((*path, "language"), f"this branch has no words in {place.language!r}.")
    for state, wording in place.texts.items():
        if wrong := wrong_wording(wording):
            yield table.mistake((*path, "texts", state), f"the text of {state!r} {wrong}")


def wrong_with(board: Board, boards: Sequence[Board], known: dict[str, Protocol]) -> Iterator[tuple[str, str]]:
    protocol, first = known[board.protocol], known.get(boards[0].protocol)
    wanted = (*ACTIONS, NEXT) if board.shows == "next" else ACTIONS
    if lacking := [action for action in wanted if action not in protocol.actions]:
        yield "protocol", f"{board.protocol} has no action {', '.join(lacking)}: this board needs it."
    try:
        protocol.bus.check(board.address)
    except FrameRefused as error:
        yield "address", str(error)
    if first and protocol.serial != first.serial:
        yield "protocol", f"{board.protocol} and {boards[0].protocol} set the line differently: use two buses."


def lost_words(bus: Bus, board: Board, setup: Setup, known: dict[str, Protocol]) -> Iterator[str]:
    """Texts that would be cut off; a protocol that shows numbers alone has none."""
    protocol = known[board.protocol].saying({*bus.texts, *board.texts})
    for state, text in too_wide(bus, board, setup):
        if state in protocol.actions and "text" in protocol.keys(state).needs:
            yield f'width is {board.width}, but the shortest text of "{state}" has {columns(text)} columns: "{text}".'


def refused_faces(bus: Bus, board: Board, setup: Setup, known: dict[str, Protocol]) -> Iterator[str]:
    """What the frames have no room for: better heard now than at the first long number."""
    protocol = known[board.protocol].saying({*bus.texts, *board.texts})
    for face in longest_faces(bus, board, setup):
        try:
            protocol.telegrams(face.action, {**board.values, **face.values})
        except FrameRefused as refusal:
            yield f'{board.protocol} cannot show "{face.action}" for {face.values["ticket"]}: {refusal}'
