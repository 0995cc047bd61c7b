"""A name that is too long for the paper is told before a customer holds it."""

from __future__ import annotations

from pathlib import Path

from lobbyline.kiosk.fitting import misfits
from lobbyline.kiosk.layout import layouts
from lobbyline.kiosk.press import profiles
from lobbyline.lobby.config.folder import load
from tests.conftest import Ask

LONG = "补登存折与打印活期明细和回单的凭证"


def told(branch: Path) -> list[str]:
    setup = load(branch)
    return [mistake.sentence for mistake in misfits(setup, profiles(setup), layouts(setup))]


def renamed(branch: Path, old: str, new: str) -> None:
    file = branch / "branch.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_the_sample_fits(branch_folder: Path) -> None:
    """Every name of the sample stands in at most two rows on every paper."""
    assert told(branch_folder) == []


def narrow(branch: Path) -> Path:
    """The sample with paper of 58 mm."""
    file = branch / "devices.toml"
    file.write_text(file.read_text("utf-8").replace('model = "generic-80"', 'model = "generic-58"'), "utf-8")
    return branch


def test_a_long_name_is_told(branch_folder: Path) -> None:
    """With its paper, its printer and how many rows it takes; on wider paper the same name is well."""
    renamed(branch_folder, "补登存折、打印回单", LONG)
    assert told(branch_folder) == []
    (sentence,) = [one for one in told(narrow(branch_folder)) if LONG in one]
    assert sentence == (
        f'"{LONG}" takes 3 rows on the paper of printer "front" (tickets/ordinary.toml); at most 2: shorten it'
    )


def test_check_says_where_it_stands(branch_folder: Path, ask: Ask) -> None:
    """`lobbyline check` names file and line, like any other mistake."""
    renamed(branch_folder, "补登存折、打印回单", LONG)
    code, said = ask("check", "--branch", str(narrow(branch_folder)))
    lines = (branch_folder / "branch.toml").read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, 1) if LONG in line)
    assert code == 2
    assert [mistake["line"] for mistake in said["mistakes"] if LONG in mistake["sentence"]] == [place]
