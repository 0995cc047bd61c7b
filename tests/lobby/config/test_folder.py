"""The reader of a branch's folder: every mistake of every file at once, in words a technician can act on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lobbyline import ASSETS
from lobbyline.display.boards import protocols
from lobbyline.kiosk import layout, press
from lobbyline.lobby.config.base import PROFILE, seal
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.config.toml import contents, lines_of
from lobbyline.lobby.errors import ConfigError

SAMPLE = ASSETS / "branches" / "jingqi-street"
CONFIG = Path(__file__).parents[2] / "config"
RIGHT = CONFIG / "right" / "corner"
WRONG = sorted((CONFIG / "wrong").rglob("*.txt"))
SHIPPED = sorted(
    file.parent for file in (ASSETS / "branches").glob("*/branch.toml") if not (file.parent / PROFILE).exists()
)
POWERLESS = () if os.geteuid() else ("setpriv", "--inh-caps=-all", "--bounding-set=-all")  # a mode counts for root, too
CHECK = (sys.executable, "-m", "lobbyline.technician", "check", "--branch")


def copy_of_right(folder: Path) -> Path:
    return Path(shutil.copytree(RIGHT, folder / "branch"))


def edit(branch: Path, file: str, old: str, new: str) -> None:
    """Put `new` where `old` stands; without an old line the file is a new one."""
    place = branch / file
    if not old:
        place.parent.mkdir(exist_ok=True)
        place.write_text(new + "\n")
        return
    text = place.read_text()
    assert text.count(old) == 1, f"{old!r} should stand once in {file}"
    place.write_text(text.replace(old, new))


def told(branch: Path) -> list[str]:
    """The mistakes of a branch, with file names as seen from its folder."""
    with pytest.raises(ConfigError) as caught:
        load(branch)
    return [str(mistake).replace(f"{branch}/", "") for mistake in caught.value.mistakes]


def apply(case: str, branch: Path) -> list[str]:
    """Make the edits of a case (`- ` old lines, `+ ` new lines under a file name); what it must say comes back."""
    *edits, says = re.split(r"\n(?=\S+\n[-+] )|\n(?=says\n)", case)
    for part in edits:
        file, *lines = part.strip("\n").split("\n")
        old = "\n".join(line[2:] for line in lines if line.startswith("- "))
        new = "\n".join(line[2:] for line in lines if line.startswith("+ "))
        edit(branch, file, old, new)
    return says.strip().split("\n")[1:]


def shortened(sentences: list[str], says: list[str]) -> list[str]:
    """Lists that grow with every new setting are left open in the case: `Allowed: …`."""
    stems = [line.removesuffix("…") for line in says if line.endswith("Allowed: …")]
    return [next((f"{stem}…" for stem in stems if said.startswith(stem)), said) for said in sentences]


def test_there_are_wrong_files() -> None:
    """The cases are found: an empty folder would prove nothing."""
    assert len(WRONG) >= 60


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.stem)
def test_a_mistake_is_told(case: Path, tmp_path: Path) -> None:
    """Each wrong file produces exactly the sentences written beside it, no more and no fewer.

    Those of the folder `base` change the bank's profile, which is sealed again, or the branch that stands on it.
    """
    if case.parent.name != "base":
        branch = copy_of_right(tmp_path)
        says = apply(case.read_text(), branch)
        assert shortened(told(branch), says) == says
        return
    banks = Path(shutil.copytree(CONFIG / "right", tmp_path / "banks"))
    says = apply(case.read_text(), banks)
    seal(banks / "bank")
    assert told(banks / "lakeside") == says


@pytest.mark.parametrize("folder", ["corner", "lakeside"])
def test_the_right_branches_are_right(folder: str) -> None:
    """The small branches that the wrong cases start from have no mistake and nothing to note."""
    assert load(CONFIG / "right" / folder).notes == ()


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_branch_is_right(folder: Path) -> None:
    """Whoever copies a branch that we ship starts without a mistake and without a note."""
    setup = load(folder)
    assert setup.notes == ()
    protocols.protocols(setup)
    press.profiles(setup)
    layout.layouts(setup)


def test_the_sample_branch_is_right() -> None:
    """The branch we ship loads without a mistake and is whole."""
    setup = load(SAMPLE)
    assert len(setup.branch.services) == 23
    assert list(setup.branch.queues) == ["A", "B", "D", "C", "V", "L", "Y"]
    assert [counter.number for counter in setup.branch.counters] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert sorted(setup.forms) == [f"F{number:02}" for number in range(1, 12)]
    assert sorted(setup.protocols) == ["cq-zhongyi-2colour", "pinganlihe-v21", "qsystem-candle"]
    assert sorted(setup.printers) == ["generic-80"]
    assert re.fullmatch("[0-9a-f]{12}", setup.version)


def test_the_first_page_of_the_sample_has_six_to_nine_tiles() -> None:
    """A first page is read at a glance."""
    assert 6 <= sum(service.popular for service in load(SAMPLE).branch.services.values()) <= 9


def test_names_of_services_fit_a_tile() -> None:
    """A service is called in under 18 characters of Chinese."""
    assert [service.name.zh for service in load(SAMPLE).branch.services.values() if len(service.name.zh) >= 18] == []


def test_our_languages_have_the_same_words() -> None:
    """Whoever switches to English misses nothing: both words files have the same sections and keys."""
    words = load(SAMPLE).words
    assert {(face, key) for face in words["zh"] for key in words["zh"][face]} == {
        (face, key) for face in words["en"] for key in words["en"][face]
    }


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """A wrong --branch is told in one sentence, not as a heap of missing keys."""
    folder = tmp_path / "nowhere"
    with pytest.raises(ConfigError) as caught:
        load(folder)
    assert str(caught.value) == f"{folder}:1: is not a folder; name the folder of a branch's TOML files"


def test_a_folder_without_a_branch_is_one_sentence(tmp_path: Path) -> None:
    """An empty folder is told in one sentence."""
    assert told(tmp_path) == ["branch.toml:1: is missing; a branch's folder holds branch.toml and devices.toml"]


def test_a_branch_without_devices_is_right(tmp_path: Path) -> None:
    """Where nothing is plugged in, no devices.toml is needed."""
    branch = copy_of_right(tmp_path)
    (branch / "devices.toml").unlink()
    edit(branch, "branch.toml", 'printer = "front"', 'printer = ""')
    assert list(load(branch).devices.boards()) == []


def test_a_stray_file_is_a_mistake(tmp_path: Path) -> None:
    """A misspelt file name is told, because nothing would read the file."""
    branch = copy_of_right(tmp_path)
    (branch / "device.toml").write_text("")
    assert told(branch) == [
        'device.toml:1: is not read by anything; did you mean "devices.toml"? Allowed: branch.toml, devices.toml'
    ]


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    """A file saved in GB 18030 is told as such, at the line of the first Chinese character."""
    branch = copy_of_right(tmp_path)
    (branch / "branch.toml").write_bytes((RIGHT / "branch.toml").read_text().encode("gb18030"))
    assert told(branch) == ["branch.toml:2: is not written in UTF-8; save the file as UTF-8"]


def test_a_file_that_a_power_cut_emptied_is_told(tmp_path: Path) -> None:
    """Some disks leave zeros where a file was being written: nobody looks for a mistake in it."""
    branch = copy_of_right(tmp_path)
    lost = len((RIGHT / "branch.toml").read_bytes())
    (branch / "branch.toml").write_bytes(bytes(lost))
    (sentence,) = told(branch)
    assert sentence.startswith(
        "branch.toml:1: is not TOML: bytes of 0 stand here, as after a power cut: take the file "
    )


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (Path.mkdir, "it is a folder, not a file"),
        (os.mkfifo, "it is a pipe, not a file"),
        (lambda file: file.symlink_to("/dev/zero"), "it is a device, not a file"),
        (lambda file: file.symlink_to(file), "Too many levels of symbolic links"),
    ],
)
@pytest.mark.parametrize("name", ["devices.toml", "words/zh.toml", "tickets/none.png"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str, put: Callable[[Path], None], said: str) -> None:
    """Nobody waits for a pipe, and a device that never ends is not read to its end."""
    branch = copy_of_right(tmp_path)
    (branch / name).unlink(missing_ok=True)
    (branch / name).parent.mkdir(exist_ok=True)
    put(branch / name)
    if name.endswith(".png"):
        with pytest.raises(OSError, match=said):
            contents(branch / name)
    else:
        assert told(branch)[0] == f"{name}:1: cannot be read: {said}"


@pytest.mark.parametrize("folder", ["", "forms"])
def test_a_folder_that_may_not_be_read_is_one_sentence(tmp_path: Path, folder: str) -> None:
    """It seems to be empty, and is not: one sentence, not a heap of names that are unknown."""
    branch = copy_of_right(tmp_path)
    (branch / folder).chmod(0)
    told = subprocess.run([*POWERLESS, *CHECK, str(branch)], check=False, capture_output=True, text=True).stdout
    (branch / folder).chmod(0o755)
    assert told == f"{branch / folder}:1: may not be read: check its owner and mode\n"


def test_hidden_files_are_nobody_s(tmp_path: Path) -> None:
    """What an editor or another system leaves in the folder is no file of the branch."""
    branch = copy_of_right(tmp_path)
    (branch / "forms" / "._F02.toml").write_bytes(b"\x00\x05\x16\x07")
    (branch / ".#branch.toml").symlink_to("root@desk.4711")
    assert load(branch).version == load(RIGHT).version


@pytest.mark.parametrize("folder", ["boards", "keypads", "printers", "readers"])
def test_whatever_device_a_branch_describes_is_read(tmp_path: Path, folder: str) -> None:
    """A folder of each kind of device may lie beside branch.toml."""
    branch = copy_of_right(tmp_path)
    shutil.copytree(ASSETS / folder, branch / folder)
    assert load(branch).notes == ()


def test_the_version_follows_every_file(tmp_path: Path) -> None:
    """One changed byte in any file gives another version; the folder's place does not."""
    branch = copy_of_right(tmp_path)
    first = load(branch).version
    assert first == load(RIGHT).version
    seen = {first}
    for file in ("branch.toml", "devices.toml", "forms/F02.toml"):
        (branch / file).write_text((branch / file).read_text() + "# seen\n")
        seen.add(load(branch).version)
    assert len(seen) == 4


def test_a_renamed_key_is_still_understood(tmp_path: Path) -> None:
    """The old name counts and is noted with its day and the new one; both at once are a mistake."""
    branch = copy_of_right(tmp_path)
    (branch / "branch.toml").write_text((branch / "branch.toml").read_text() + "\n[rules]\nheld = 3\n")
    setup = load(branch)
    assert setup.branch.rules.holds == 3
    assert [str(note).replace(f"{branch}/", "") for note in setup.notes] == [
        "branch.toml:66: held is called holds since 2026-11-25: the old name is still understood"
    ]
    edit(branch, "branch.toml", "held = 3", "held = 3\nholds = 4")
    assert told(branch)[0].startswith('branch.toml:66: unknown key "held"; did you mean "holds"? Allowed: ')


def test_a_word_that_is_no_more_said_is_passed_over(tmp_path: Path) -> None:
    """A branch's own names of months are noted, and where days are written now; it opens as before."""
    branch = copy_of_right(tmp_path)
    (branch / "words").mkdir()
    (branch / "words" / "zh.toml").write_text('[screen]\nmonth_1 = "元月"\nwelcome = "您好"\n')
    setup = load(branch)
    assert [note.sentence for note in setup.notes] == ["month_1 is not said since 2026-11-26: [calendar] has it"]
    assert (setup.notes[0].line, setup.words["zh"]["screen"]["welcome"]) == (2, "您好")


def test_words_of_a_branch_lie_over_ours(tmp_path: Path) -> None:
    """A branch changes one word and keeps all others."""
    branch = copy_of_right(tmp_path)
    ours = load(branch).words["zh"]
    face, key = next((face, key) for face in ours for key in ours[face])
    (branch / "words").mkdir()
    (branch / "words" / "zh.toml").write_text(f'[{face}]\n{key} = "自己的话"\n')
    words = load(branch).words["zh"]
    assert words[face] == ours[face] | {key: "自己的话"}
    assert {name: words[name] for name in words if name != face} == {name: ours[name] for name in ours if name != face}


def test_words_that_nobody_would_say_are_told(tmp_path: Path) -> None:
    """A word we do not have, one that is no text, and a place in braces we cannot fill are mistakes."""
    branch = copy_of_right(tmp_path)
    (branch / "words").mkdir()
    (branch / "words" / "en.toml").write_text(
        '[refusal]\nclosd = "Closed"\nfull = 7\nbusy = "{tickt} is at counter {counter}"\nno_ticket = "{counter"\n'
        'unknown_ticket = "{ticket:d}"\n'
    )
    sentences = told(branch)
    assert sentences[0].startswith('words/en.toml:2: unknown key "closd"; did you mean "closed"? Allowed: ')
    assert sentences[1].startswith("words/en.toml:3: full is 7; something like ")
    assert sentences[2].startswith('words/en.toml:4: busy has the place {tickt}; did you mean "ticket"? Allowed: ')
    assert sentences[3].startswith("words/en.toml:5: no_ticket has the place {{counter}; ")
    assert sentences[4].startswith('words/en.toml:6: unknown_ticket has the place {ticket:d}; did you mean "ticket"? A')
    assert len(sentences) == 5


def test_a_language_of_the_branch_has_every_word(tmp_path: Path) -> None:
    """A third language is welcome, but not by halves: what it lacks is told."""
    branch = copy_of_right(tmp_path)
    (branch / "words").mkdir()
    (branch / "words" / "fr.toml").write_text('[refusal]\nclosed = "fermé"\n')
    edit(branch, "branch.toml", 'id = "corner"', 'id = "corner"\nlanguages = ["zh", "fr"]')
    sentences = told(branch)
    assert [sentence for sentence in sentences if sentence.startswith("words/fr.toml:1: [refusal] lacks ")]
    assert "branch.toml:3: name has no text in fr, which this branch speaks" in sentences


def test_a_protocol_of_the_branch_stands_before_ours(tmp_path: Path) -> None:
    """A technician's own board file is read instead of ours of the same name."""
    branch = copy_of_right(tmp_path)
    (branch / "boards").mkdir()
    (branch / "boards" / "qsystem-candle.toml").write_text("own = true\n")
    assert load(branch).protocols["qsystem-candle"].data == {"own": True}


LINES = b"""\
a = 1
"b c".d = [1,
  # nothing
  { x = 2, y.z = [3] },
]
[t.u]
k = "v"
[[arr]]
n = 1
[[arr]]
[arr.sub]
q = 1
[[arr.deep]]
w = 1
"""


def test_every_key_has_its_line() -> None:
    """Dotted and quoted keys, inline tables, arrays over several lines and arrays of tables are all found."""
    lines = lines_of(LINES)
    assert lines[("a",)] == 1
    assert lines[("b c", "d")] == 2
    assert lines[("b c", "d", 0)] == 2
    assert lines[("b c", "d", 1, "y", "z", 0)] == 4
    assert lines[("t", "u", "k")] == 7
    assert lines[("arr",)] == 8
    assert lines[("arr", 0, "n")] == 9
    assert lines[("arr", 1)] == 10
    assert lines[("arr", 1, "sub", "q")] == 12
    assert lines[("arr", 1, "deep", 0, "w")] == 14


scalars = st.one_of(
    st.sampled_from(
        ["0", "-1", "1e400", "nan", "true", '""', '"A"', '"\\u0000"', "2026-01-01", "07:30:00", "[]", "{}"]
    ),
    st.sampled_from(['["A"]', "[[1]]", '{ zh = "x" }', '{ zh = "x", en = "y" }', "[{}]", "9" * 5000, '"../../etc"']),
)


def places() -> list[tuple[str, int]]:
    """Every line of the right branch that sets a value."""
    files = ("branch.toml", "devices.toml", "forms/F02.toml")
    return [(f, n) for f in files for n, line in enumerate((RIGHT / f).read_text().split("\n")) if " = " in line]


def lines_told(branch: Path) -> list[int]:
    """The lines of all mistakes; anything but a ConfigError falls through and fails the test."""
    try:
        load(branch)
    except ConfigError as error:
        return [mistake.line for mistake in error.mistakes] or [0]
    return []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(places()), scalars), min_size=1, max_size=4))
def test_a_value_of_any_kind_anywhere_is_at_most_a_mistake(
    edits: list[tuple[tuple[str, int], str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands behind a key, the technician gets sentences and never a traceback."""
    branch = copy_of_right(tmp_path_factory.mktemp("fuzz"))
    for (file, number), value in edits:
        lines = (branch / file).read_text().split("\n")
        lines[number] = f"{lines[number].partition(' = ')[0]} = {value}"
        (branch / file).write_text("\n".join(lines))
    assert min(lines_told(branch), default=1) >= 1


BANK = ("bank/branch.toml", "bank/base.toml", "lakeside/branch.toml")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(BANK), number=st.integers(0, 60), value=scalars)
def test_a_wrong_value_in_a_base_is_at_most_a_mistake(
    file: str, number: int, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A bank's profile is laid under a branch whatever stands in it."""
    banks = Path(shutil.copytree(CONFIG / "right", tmp_path_factory.mktemp("fuzz") / "banks"))
    lines = (banks / file).read_text().split("\n")
    number %= len(lines)
    lines[number] = f"{lines[number].partition(' = ')[0]} = {value}"
    (banks / file).write_text("\n".join(lines))
    seal(banks / "bank")
    assert min(lines_told(banks / "lakeside"), default=1) >= 1


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(["branch.toml", "devices.toml", "forms/F02.toml"]), data=st.data())
def test_torn_files_are_at_most_a_mistake(
    file: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file cut off or with bytes replaced, as after a failing disk, gives sentences and never a traceback."""
    branch = copy_of_right(tmp_path_factory.mktemp("torn"))
    text = bytearray((branch / file).read_bytes())
    start = data.draw(st.integers(0, len(text) - 1))
    text[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    (branch / file).write_bytes(bytes(text))
    assert min(lines_told(branch), default=1) >= 1
