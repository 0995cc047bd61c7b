"""One whole visit with the real programs: touch, paper, form, call, boards, screen, five steps; killed in between."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.patience import PATIENCE

pytestmark = pytest.mark.whole

PICTURES = (
    "01-home",
    "01-home-in-english",
    "01-screen",
    "01-board-main-board",
    "02-before-you-wait",
    "03-your-number",
    "04-paper",
    "05-form-page-1",
    "05-form-page-2",
    "06-review",
    "07-form-done",
    "08-teller-open",
    "08-teller-called",
    "09-screen-called",
    "09-board-counter-1",
    "10-teller-serving",
    "11-lobby-manager",
    "12-screen",
    "13-elder",
    "13-have-a-number",
)


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """What `make run` plays where there is no screen, for a branch with ports of its own."""
    from tests.conftest import copy_of_sample

    folder = tmp_path_factory.mktemp("visit")
    branch, pictures = copy_of_sample(folder / "branch"), folder / "pictures"
    command = [sys.executable, "-m", "lobbyline.technician", "visit"]
    played = subprocess.run(
        [*command, "--branch", str(branch), "--pictures", str(pictures)],
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
    )
    return pictures, played


def test_the_visit_ends_well(visit: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Everything happens, every program is killed once and comes back, and all end cleanly."""
    pictures, played = visit
    said = played.stderr + (pictures / "programs.log").read_text("utf-8")
    assert played.returncode == 0, played.stdout + said
    assert "All programs ended cleanly." in played.stdout
    assert "Traceback" not in said
    assert "Error" not in said, "an unexpected warning of Qt or of ours"


def test_one_page_shows_every_picture(visit: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """`index.html` has each picture once, under the sentence of its step."""
    pictures, played = visit
    shown = re.findall(r'<img src="([^"]+)"', (pictures / "index.html").read_text("utf-8"))
    assert sorted(shown) == sorted(file.name for file in pictures.glob("*.png"))
    assert shown.index("02-how-much.png") < shown.index("02-before-you-wait.png"), "in the order of the visit"
    assert str(pictures / "index.html") in played.stdout


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_everything(visit: tuple[Path, subprocess.CompletedProcess[str]], name: str) -> None:
    """Each page, paper and board left a picture with something on it."""
    pictures, _ = visit
    with Image.open(pictures / f"{name}.png") as picture:
        assert len(set(picture.convert("L").resize((64, 64)).tobytes())) > 3


def test_the_lobby_page_was_seen_with_those_who_wait(visit: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Its picture is taken when the page has read the lobby, not while it is empty."""
    pictures, _ = visit
    with Image.open(pictures / "11-lobby-manager.png") as picture:
        rows = picture.convert("L").crop((30, 310, 950, 460)).tobytes()
        assert min(rows) < 60  # ink between the head of the table and its foot


def test_the_events_tell_the_visit(visit: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """One line for each thing that happened to the number, in order; nothing twice."""
    pictures, _ = visit
    lines = (pictures / "14-events.txt").read_text("utf-8").splitlines()[1:]
    what = [line.split()[1] for line in lines]
    assert what == ["taken", "printed", "filled", "called", "greet", "ask", "operate", "confirm", "done"]
