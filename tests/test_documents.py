"""Documents tell the truth: names exist, generated pages are current."""

from __future__ import annotations

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

from lobbyline.display.boards import protocols
from lobbyline.lobby.config.renamed import RENAMED, Renamed
from lobbyline.technician.files import reference
from lobbyline.technician.setup import devices

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TOUR = (ROOT / "docs" / "tour.md").read_text("utf-8")
NAMES = sorted(set(re.findall(r"`([a-z_.]+):([A-Za-z_.]+)`", TOUR)))
FILES = sorted(
    {name for document in DOCUMENTS for name in re.findall(r"`([\w/-]+/[\w.-]+\.\w+)`", document.read_text("utf-8"))}
)


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_the_tour_names_what_exists(module: str, name: str) -> None:
    """Every `room.file:name` of the tour is in the code."""
    found = importlib.import_module(f"lobbyline.{module}")
    assert reduce(getattr, name.split("."), found) is not None


def test_the_tour_walks_through_every_room() -> None:
    """The visit passes through every room of the house."""
    rooms = {file.name for file in (ROOT / "lobbyline").iterdir() if (file / "__init__.py").exists()}
    assert {module.split(".")[0] for module, _ in NAMES if "." in module} == rooms


def test_a_module_that_code_speaks_of_exists() -> None:
    """A module that a docstring names is found from there: beside it, above it, or from the packages down."""
    lost = []
    for file in (file for folder in ("lobbyline", "bench", "tests") for file in (ROOT / folder).rglob("*.py")):
        above = [parent for parent in file.parents if parent.is_relative_to(ROOT)]
        places = [*above, ROOT / "lobbyline", ROOT / "lobbyline" / "lobby"]
        named = re.findall(r"`([\w/]+\.py)`", file.read_text("utf-8"))
        lost += [(file.name, name) for name in named if not any((place / name).exists() for place in places)]
    assert lost == []


@pytest.mark.parametrize("name", FILES)
def test_a_named_file_exists(name: str) -> None:
    """A file that a document names is there, or is what a run leaves behind."""
    made = name.startswith(("var/", "forms/", "docs/pictures/")) or (ROOT / "assets" / name).exists()
    assert made or (ROOT / name).exists() or (ROOT / "lobbyline" / name).exists(), name


def test_every_kind_of_board_is_in_the_table() -> None:
    """A technician with a board in his hands finds its protocol, and whether it answers."""
    page = (ROOT / "docs" / "boards.md").read_text("utf-8")
    table = page.partition("## Which protocol")[2].partition("\n## ")[0]
    rows = {name: row for row in table.splitlines() for name in re.findall("`([a-z0-9-]+)`", row.partition(" | ")[0])}
    for name in devices.protocols():
        row = rows.get(name) or rows[name.removesuffix("-composite")]
        acks = [frame.ack for frame in protocols.preset(ROOT, name).frames.values()]
        assert any(acks) or "| no" in row, name
        assert not any(acks) or "| yes" in row or name == "ruize-matrix", "which answers to a question alone"


def test_the_reference_is_current() -> None:
    """docs/configuration.md is what `make docs` writes."""
    assert (ROOT / "docs" / "configuration.md").read_text("utf-8") == reference.page()


def test_the_reference_leads_to_every_table_and_tells_every_key() -> None:
    """Each link of the contents ends at a heading, each heading is linked, and no key is without a sentence."""
    text = reference.page()
    linked = re.findall(r"\[[^\]]+\]\(#([^)]+)\)", text)
    headings = [re.sub(r"[^\w-]", "", title.lower()) for title in re.findall(r"^##+ (.*)$", text, re.MULTILINE)]
    assert [re.sub(r"-\d+$", "", anchor) for anchor in linked] == headings
    assert len(set(linked)) == len(linked)
    assert not re.search(r"\| *\|$", text, re.MULTILINE)


@pytest.mark.parametrize("change", RENAMED, ids=lambda change: change.old)
def test_a_renamed_key_is_told_with_its_day(change: Renamed) -> None:
    """Whoever finds an old key in a file can look up since when it is called otherwise."""
    lines = (ROOT / "docs" / "config-changes.md").read_text("utf-8").splitlines()
    said = f"- {change.since}: `{change.old}` of `[{change.table}]` is called `{change.new}`"
    assert any(line.startswith(said) for line in lines), said
