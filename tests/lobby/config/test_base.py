"""A branch on the bank's base profile: what it inherits, what it lays over, and how a tampered profile is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lobbyline.lobby.config.base import public_key, seal
from lobbyline.lobby.config.folder import load
from tests.lobby.config.test_folder import CONFIG, edit, told


@pytest.fixture
def lakeside(tmp_path: Path) -> Path:
    """A branch beside the bank's profile that it stands on."""
    return Path(shutil.copytree(CONFIG / "right", tmp_path / "banks")) / "lakeside"


def test_a_branch_inherits_and_lays_over(lakeside: Path) -> None:
    """What the branch writes counts key by key, what it leaves out is gone, all else is the bank's."""
    setup = load(lakeside)
    branch = setup.branch
    assert list(branch.services) == ["W1", "O1", "P1"]
    assert (branch.services["W1"].minutes, branch.services["W1"].name.zh) == (4, "取款")
    assert (len(branch.hours["personal"].mon), branch.hours["personal"].tue) == (1, [])
    assert len(branch.hours["personal"].wed) == 1
    assert setup.words["en"]["kiosk"]["title"] == "What can the bank do for you?"
    assert list(setup.forms) == ["F02"]


def test_a_version_remembers_the_bank_too(lakeside: Path) -> None:
    """The kept files of a version are enough to read it again, wherever the profile has gone."""
    before = load(lakeside)
    shutil.rmtree(lakeside.parent / "bank")
    shutil.rmtree(lakeside)
    again = load(lakeside, before.files)
    assert (again.branch, again.version) == (before.branch, before.version)


def test_a_tampered_profile_is_told(lakeside: Path) -> None:
    """A changed, an added and a missing file of the bank's profile are each told, and so is a missing seal."""
    bank = lakeside.parent / "bank"
    edit(bank, "branch.toml", "recalls = 3", "recalls = 9")
    (bank / "notes.txt").write_text("ours")
    (bank / "words" / "en.toml").unlink()
    assert told(lakeside) == [
        "../bank/branch.toml:1: was changed after it was sealed (SHA256SUMS): copy the profile again",
        "../bank/notes.txt:1: is not in SHA256SUMS: the bank did not put it there",
        "../bank/words/en.toml:1: is missing, and stands in SHA256SUMS: copy the whole profile again",
    ]
    (bank / "SHA256SUMS").unlink()
    assert told(lakeside) == [
        "../bank/SHA256SUMS:1: is missing: the bank seals its profile with `lobbyline config seal FOLDER`"
    ]


def test_only_the_bank_can_sign(lakeside: Path) -> None:
    """Where the branch knows the bank's key, a profile sealed by anybody else is refused."""
    bank, key = lakeside.parent / "bank", Ed25519PrivateKey.generate()
    edit(lakeside, "branch.toml", 'folder = "../bank"', f'folder = "../bank"\nkey = "{public_key(key)}"')
    refused = ["../bank/SHA256SUMS.sig:1: is not the signature of the bank whose key stands under [base]"]
    assert told(lakeside) == refused
    seal(bank, key)
    assert load(lakeside).branch.id == "lakeside"
    seal(bank, Ed25519PrivateKey.generate())
    assert told(lakeside) == refused
