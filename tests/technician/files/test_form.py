"""`lobbyline form`: answers from other programs, right, wrong and nonsense."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lobbyline.technician.command import main
from tests.conftest import SAMPLE
from tests.lobby.forms.test_form import RIGHT

MONDAY = "2026-11-23T10:12"


class Asking:
    """The command with answers on its standard input."""

    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.monkeypatch, self.capsys = data, monkeypatch, capsys

    def __call__(self, form: str, answers: bytes) -> tuple[int, Any]:
        self.monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(answers)))
        code = main(["form", form, "--branch", str(SAMPLE), "--data", str(self.data), "--at", MONDAY, "--json"])
        return code, json.loads(self.capsys.readouterr().out)

    def told(self, form: str, **answers: Any) -> dict[str, Any]:
        code, told = self(form, json.dumps(answers).encode())
        assert code == 0
        return dict(told)


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(tmp_path / "data", monkeypatch, capsys)


@pytest.mark.parametrize("form", sorted(RIGHT))
def test_a_right_form_is_ok(asking: Asking, form: str) -> None:
    """Each of the eleven forms, with the ids of its fields."""
    told = asking.told(form, **RIGHT[form])
    assert (told["ok"], told["errors"]) == (True, {})


def test_mistakes_stand_at_their_fields(asking: Asking) -> None:
    """A sentence for the wrong field alone; what follows from the right ones is told all the same."""
    told = asking.told("F02", name="张三", card_no="6299000000000008", amt="2000")
    assert told == {
        "ok": False,
        "errors": {"card_no": "卡号有误，请对照卡面重新核对"},
        "derived": {"amt_cap": "人民币贰仟元整"},
    }


def test_numbers_lists_and_ticks_are_understood(asking: Asking) -> None:
    """Programs write numbers as numbers, several choices as a list and a tick as true."""
    assert asking.told("F02", **RIGHT["F02"] | {"amt": 1680.32})["derived"] == {
        "amt_cap": "人民币壹仟陆佰捌拾元零叁角贰分"
    }
    assert asking.told("F07", **RIGHT["F07"] | {"channels": ["手机", "短信"]})["ok"]
    assert asking.told("F09", **RIGHT["F09"] | {"disclosure_ok": True})["ok"]
    assert list(asking.told("F09", **RIGHT["F09"] | {"disclosure_ok": False})["errors"]) == ["disclosure_ok"]


def test_holidays_of_the_branch_count(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheque whose last day is New Year's Day is good on the 4th, a Monday."""
    monkeypatch.setattr(sys.modules[__name__], "MONDAY", "2027-01-04T10:12")
    assert asking.told("F10", **RIGHT["F10"] | {"issue_date": "2026-12-22"})["ok"]
    assert not asking.told("F10", **RIGHT["F10"] | {"issue_date": "2026-12-21"})["ok"]


@pytest.mark.parametrize(
    "answers",
    [
        b"name=x",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{" * 2_000,
        b'"F02"',
        b"{'a': 1}",
    ],
)
def test_what_is_no_object_is_refused(asking: Asking, answers: bytes) -> None:
    """Not JSON, or JSON of another shape: a refusal with its reason."""
    code, told = asking("F02", answers)
    assert (code, told["refused"]) == (3, "not_json")


@pytest.mark.parametrize(
    "answers",
    [
        b"",
        b"{}",
        b'{"amt": ' + b"9" * 5_000 + b"}",
        b'{"amt": 1e400, "name": null, "card_no": {"a": [1]}}',
        b'{"amt": NaN, "name": "\\ud800", "card_no": [[["x"]]]}',
        b'{"id_no": "\\u0000\\u0661\\u0662", "acct_no": "' + b"1" * 100_000 + b'", "amt": "60000"}',
        '{"name": "𪚥䶮㙓·\U000e0041", "amt": "壹", "id_expiry": "贰零贰陆年月日"}'.encode(),
    ],
)
def test_nonsense_is_judged_like_anything_else(asking: Asking, answers: bytes) -> None:
    """Whatever stands in the object gets a judgement."""
    code, told = asking("F02", answers)
    assert (code, told["ok"]) == (0, False)


def test_an_unknown_form_is_refused(asking: Asking) -> None:
    """With the forms that there are."""
    code, told = asking("F99", b"{}")
    assert (code, told["refused"]) == (3, "unknown_form")
    assert "F01, F02, F03, F04, F05, F06, F07, F08, F09, F10, F11" in told["reason"]
