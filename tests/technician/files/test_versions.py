"""The branch's files by command: what is applied, what lies over the bank's base, and how a profile is sealed."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lobbyline.lobby.report.versions import VersionFigures
from lobbyline.technician.command import main
from lobbyline.technician.files.version import FIGURES
from tests.conftest import Ask
from tests.lobby.config.test_folder import CONFIG, edit

AT = "2026-11-23T10:12"


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    """A bank's profile and a branch on it."""
    return Path(shutil.copytree(CONFIG / "right", tmp_path / "banks"))


def say(capsys: pytest.CaptureFixture[str], branch: Path, *words: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    data = branch.parent.parent / "data"
    code = main([*words, "--branch", str(branch), "--data", str(data), "--at", AT])
    return code, capsys.readouterr().out.strip()


def test_apply_tells_what_changes_and_back_returns(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """First it is only told; then the next ticket is drawn under it; then everything is as it was."""
    branch = banks / "lakeside"
    assert say(capsys, branch, "take", "W1")[1].startswith("A001  取款")
    edit(branch, "branch.toml", "minutes = 4", 'minutes = 4\nname.zh = "取现金"')
    told = 'branch.toml: services.W1.name.zh: "取款" → "取现金"'
    assert say(capsys, branch, "apply", "--dry-run") == (0, f"{told}\n1 key would change")
    code, said = say(capsys, branch, "apply", "--by", "周经理")
    assert (code, said.splitlines()[0]) == (0, told)
    assert say(capsys, branch, "take", "W1")[1].startswith("A002  取现金")
    assert "周经理: 1 key: services.W1.name.zh" in say(capsys, branch, "version", "list")[1]
    assert say(capsys, branch, "apply")[1].endswith("is in use already")
    assert say(capsys, branch, "apply", "--back")[0] == 0
    assert say(capsys, branch, "take", "W1")[1].startswith("A003  取款")
    assert "取现金" not in (branch / "branch.toml").read_text()


def test_wrong_files_are_not_applied(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`apply` checks first, ends with 2 and tells every mistake; the branch works on."""
    branch = banks / "corner"
    say(capsys, branch, "take", "W1")
    edit(branch, "branch.toml", "minutes = 3", "minutes = 0")
    assert say(capsys, branch, "apply") == (2, f"{branch}/branch.toml:31: minutes is 0; more than 0")
    assert say(capsys, branch, "take", "W1")[0] == 0
    _, told = say(capsys, branch, "doctor", "--json")
    (files,) = [one for one in json.loads(told)["findings"] if one["what"] == "files"]
    assert files["state"] == "fault"
    assert "branch.toml:31: minutes is 0; more than 0" in files["sentence"]
    assert "the branch runs under version" in files["sentence"]


def test_the_overlay_of_a_branch(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the branch says otherwise than the bank is told key by key."""
    code, told = say(capsys, banks / "lakeside", "config", "diff")
    assert code == 0
    assert "branch.toml: services.W1.minutes: 3 → 4" in told.splitlines()
    assert 'branch.toml: services.P1.controls: nothing → ["identity"]' in told.splitlines()
    assert say(capsys, banks / "corner", "config", "diff") == (0, "This branch stands on no base profile.")


def test_a_signed_profile(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`seal --key` prints what branches write under [base], and from then on only that key counts."""
    private = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (banks / "bank.pem").write_bytes(private)
    seal = ("config", "seal", str(banks / "bank"), "--key", str(banks / "bank.pem"), "--json")
    code, told = say(capsys, banks / "lakeside", *seal)
    assert code == 0
    edit(
        banks / "lakeside",
        "branch.toml",
        'folder = "../bank"',
        f'folder = "../bank"\nkey = "{json.loads(told)["key"]}"',
    )
    assert say(capsys, banks / "lakeside", "check")[0] == 0
    say(capsys, banks / "lakeside", "config", "seal", str(banks / "bank"))
    assert say(capsys, banks / "lakeside", "check")[0] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "cannot be read: No such file"), (b"no key", "is no private key without a password in PEM")],
)
def test_a_key_that_is_none(banks: Path, capsys: pytest.CaptureFixture[str], text: bytes | None, said: str) -> None:
    """A wrong key file is told with its name, and nothing is sealed anew."""
    file = banks / "bank.pem"
    if text is not None:
        file.write_bytes(text)
    before = (banks / "bank" / "SHA256SUMS").read_bytes()
    code, told = say(capsys, banks / "lakeside", "config", "seal", str(banks / "bank"), "--key", str(file))
    assert (code, told.startswith(f"{file}:1: {said}")) == (2, True)
    assert (banks / "bank" / "SHA256SUMS").read_bytes() == before


def test_versions_by_command(ask: Ask) -> None:
    """Kept, tried, frozen; compared with itself it is the same."""
    signed = ("--by", "周经理", "--reason", "试一周")
    version = ask("version", "keep", *signed)[1]["version"]
    assert ask("version", "trial", "now", *signed)[1]["stage"] == "trial"
    assert ask("version", "freeze", version[:6], *signed)[1]["stage"] == "frozen"
    one, other = ask("version", "compare", "now", version)[1]
    assert one == other
    assert ask("counter", "1", "hand-over", "李芳")[1]["refused"] == "counter_closed"


def test_two_versions_side_by_side(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number that changed stands as one writes it; each figure has a name and a unit."""
    branch = banks / "corner"
    say(capsys, branch, "apply", "--by", "周经理")
    say(capsys, branch, "take", "W1")
    edit(branch, "branch.toml", "minutes = 3", "minutes = 4")
    assert say(capsys, branch, "apply")[1].splitlines()[0] == "branch.toml: services.W1.minutes: 3 → 4"
    old, new = json.loads(say(capsys, branch, "version", "list", "--json")[1])
    _, told = say(capsys, branch, "version", "compare", old["version"], new["version"])
    assert re.findall(r"^(numbers|mean wait|left) +(\S.*?) {2,}(\S.*)$", told, re.MULTILINE) == [
        ("numbers", "1", "0"), ("mean wait", "0.0 min", "0.0 min"), ("left", "0%", "0%"),
    ]  # fmt: skip
    assert set(FIGURES) == {field.name for field in fields(VersionFigures)} - {"version"}
