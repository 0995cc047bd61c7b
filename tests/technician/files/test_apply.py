"""Files change under the four real programs: seen on kiosk, screen, page and board; a broken one stops none."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import datetime

import pytest

from lobbyline.glass.finger import Finger, FingerError, wait_until
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.technician.play import accounts
from lobbyline.technician.play.playing import PLAYED_AT, Programs, browser, running
from tests.conftest import copy_of_sample
from tests.lobby.config.test_folder import edit
from tests.patience import PATIENCE

pytestmark = pytest.mark.whole

WELCOME = "欢迎"
NAMES = ("kiosk", "screen", "boards", "staff")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """`lobbyline run` with stand-ins, of a branch with ports of its own."""
    folder = tmp_path_factory.mktemp("apply")
    branch = copy_of_sample(folder / "branch")
    zone = load(branch).branch.zone
    with running(branch, folder / "data", PLAYED_AT.replace(tzinfo=zone) - datetime.now(zone)) as programs:
        yield programs


@pytest.fixture
def lobby(programs: Programs) -> Iterator[Lobby]:
    lobby = open_lobby(load(programs.branch), programs.data)
    yield lobby
    lobby.close()


def finger(programs: Programs, name: str) -> Finger:
    return Finger(programs.data / "finger" / name, PATIENCE)


def reads(programs: Programs, name: str, text: str) -> None:
    """Wait until a window shows a text."""
    with finger(programs, name) as window:
        wait_until(lambda: text in window.texts(), PATIENCE, f"{text!r} does not stand on the {name}")


def shows(lobby: Lobby, board: str, face: str) -> None:
    """Wait until a board has acknowledged a text."""

    def shown() -> bool:
        return any(device.name == board and face in device.face for device in lobby.devices.all())

    wait_until(shown, PATIENCE, f"{board} does not show {face!r}")


def running_now(programs: Programs) -> dict[str, int]:
    return {name: programs.number_of(name) for name in NAMES}


def pages_version(lobby: Lobby) -> str:
    with urllib.request.urlopen(f"{lobby.branch.staff.address}/theme.css", timeout=PATIENCE) as answer:
        return str(answer.headers["Lobbyline-Version"])


def test_files_change_under_the_running_programs(programs: Programs, lobby: Lobby) -> None:
    """A name, a word of the boards and a weight of the rule change without any program starting again; and back."""
    zone = lobby.branch.zone
    pins = accounts.enter(lobby, datetime.now(zone) + programs.ahead)
    programs.ask("counter", "1", "open", "--by", "李敏")
    shows(lobby, "counter-1", WELCOME)
    reads(programs, "kiosk", "取款")
    before, was = running_now(programs), lobby.branch.name.zh
    with browser() as page:
        page.goto(f"{lobby.branch.staff.address}/sign-in?to=/counter/1")
        page.locator("#name").fill("lifang")
        page.locator("#secret").fill(pins["lifang"])
        page.locator("#sign-in .strong").click()
        page.wait_for_url("**/counter/1")
        edit(programs.branch, "branch.toml", f'name = {{ zh = "{was}"', 'name = { zh = "新城支行"')
        edit(programs.branch, "branch.toml", "取款（5万元及以下）", "取现金")
        edit(programs.branch, "branch.toml", "\nquota = 3", "\nquota = 9")
        edit(
            programs.branch,
            "devices.toml",
            'port = "standin/windows"',
            'port = "standin/windows"\ntexts.welcome = "您好"',
        )
        told = programs.ask("apply", "--by", "周经理", "--reason", "新名字")
        assert "branch.toml: policy.quota: 3 → 9" in told
        assert told.endswith("is in use")
        reads(programs, "kiosk", "取现金")
        reads(programs, "screen", "新城支行")
        shows(lobby, "counter-1", "您好")
        page.get_by_text("新城支行").first.wait_for(timeout=PATIENCE * 1000)
    assert running_now(programs) == before
    programs.ask("apply", "--back")
    reads(programs, "kiosk", "取款")
    shows(lobby, "counter-1", WELCOME)
    assert (running_now(programs), load(programs.branch).branch.name.zh) == (before, was)


def test_a_broken_file_stops_nothing(programs: Programs, lobby: Lobby) -> None:
    """Everything goes on, whatever is killed comes back under the last good files, and the fault is told."""
    version = pages_version(lobby)
    good = (programs.branch / "branch.toml").read_bytes()
    (programs.branch / "branch.toml").write_text("broken =\n")
    before = running_now(programs)
    for name in NAMES:
        programs.kill(name)
    wait_until(lambda: all_anew(programs, before), PATIENCE, "not every program comes back")
    reads(programs, "kiosk", "取款")
    assert version_again(lobby) == version
    ticket = json.loads(programs.ask("take", "W1", "--json"))["ticket"]
    assert ticket in programs.ask("waiting")
    faults = {device.name: device.sentence for device in lobby.devices.all() if device.state == "fault"}
    assert faults["files"].startswith(f"{programs.branch}/branch.toml:1: is not TOML")
    (programs.branch / "branch.toml").write_bytes(good)
    assert programs.ask("apply").endswith("is in use already")
    assert "files" not in {device.name for device in lobby.devices.all() if device.state == "fault"}


def all_anew(programs: Programs, before: dict[str, int]) -> bool:
    return all(number not in (0, before[name]) for name, number in running_now(programs).items())


def version_again(lobby: Lobby) -> str:
    """The pages' version once they answer again."""
    answers: list[str] = []

    def answered() -> bool:
        try:
            answers.append(pages_version(lobby))
        except OSError:
            return False
        return True

    wait_until(answered, PATIENCE, "the pages do not come back")
    return answers[-1]


def test_what_needs_a_start_is_started_in_a_quiet_moment(programs: Programs, lobby: Lobby) -> None:
    """A new size of the panel waits until the customer has gone; no other program starts again for it."""
    with finger(programs, "kiosk") as window:
        window.wait_for("service-W1", PATIENCE)
        wait_until(lambda: touched(window), PATIENCE, "the kiosk takes no touch")
        before = running_now(programs)
        edit(programs.branch, "branch.toml", "width = 1080", "width = 1000")
        assert "kiosk will start again in a quiet moment" in programs.ask("apply", "--reason", "schmaler")
        wait_until(lambda: lobby.catch_up() or lobby.branch.kiosk.width == 1000, PATIENCE, "nothing was applied")
        assert (window.page() != "home", programs.number_of("kiosk")) == (True, before["kiosk"])
        window.touch("home")
    wait_until(lambda: programs.number_of("kiosk") not in (0, before["kiosk"]), PATIENCE, "the kiosk does not start")
    with finger(programs, "kiosk") as window:
        wait_until(lambda: window.page() == "home", PATIENCE, "the kiosk shows nothing")
    assert running_now(programs) | {"kiosk": 0} == before | {"kiosk": 0}


def touched(window: Finger) -> bool:
    """A service is open; a page that has just come takes no touch."""
    try:
        window.touch("service-W1")
    except FingerError:
        return False
    return window.page() != "home"
