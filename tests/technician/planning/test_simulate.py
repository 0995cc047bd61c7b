"""`lobbyline simulate`, as people script against it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from lobbyline.technician.command import main

HEAD = "at,service,segment,service_seconds,review_seconds,patience_seconds\n"


def simulated(tmp_path: Path, rows: str, *options: str) -> list[dict[str, str]]:
    day, visits = tmp_path / "day.csv", tmp_path / "visits.csv"
    day.write_text(HEAD + rows)
    assert main(["simulate", str(day), "--out", str(visits), "--data", str(tmp_path / "none"), *options]) == 0
    assert not (tmp_path / "none").exists(), "a day in virtual time needs no memory"
    with visits.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_visits_have_the_columns_of_the_contract(tmp_path: Path) -> None:
    """One row for each arrival in its order, times in seconds from opening, empty where nothing happened."""
    rows = simulated(tmp_path, "0,W1,ordinary,90,,\n5,B1,ordinary,60,,\n6,B1,,600,,\n7,B1,vip,60,,30\n")
    columns = ["ticket", "service", "segment", "at", "called", "counter", "done", "outcome", "why"]
    assert list(rows[0]) == columns
    assert list(rows[0].values()) == ["A001", "W1", "ordinary", "0", "0", "1", "90", "done", "A\u2009001到得最早"]
    assert [row["ticket"] for row in rows] == ["A001", "C001", "C002", "V001"]
    assert (rows[3]["outcome"], rows[3]["called"], rows[3]["done"]) == ("abandoned", "", "37")


@pytest.mark.parametrize("rule", ["fifo", "interleave", "split", "gentle", "balanced", "fast"])
def test_every_policy_can_be_asked_for(tmp_path: Path, rule: str) -> None:
    """Under `fifo` a short job that came later waits for the long one; under credit rules it need not."""
    rows = "".join(f"{at},M3,ordinary,900,,\n" for at in range(3)) + "10,M2,ordinary,60,,\n"
    visits = simulated(tmp_path, rows, "--policy", rule)
    overtook = float(visits[3]["called"]) < float(visits[2]["called"])
    assert overtook == (rule in ("gentle", "balanced", "fast"))


def test_a_wrong_file_is_a_refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is no arrival ends with 3 and names file and line; nothing is written."""
    day = tmp_path / "day.csv"
    day.write_text(HEAD + "0,XX,ordinary,90,,\n")
    assert main(["simulate", str(day), "--out", str(tmp_path / "visits.csv"), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == "bad_arrivals"
    assert f"{day}:2" in told["reason"]
    assert not (tmp_path / "visits.csv").exists()
