"""The sample branch on a Monday morning, for tests that need what it has: care, advice desks, rating pads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import Setup, load
from tests.conftest import copy_of_sample


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return load(copy_of_sample(tmp_path / "branch"))


@pytest.fixture
def clock(setup: Setup) -> Clock:
    zone = setup.branch.zone
    return Clock(zone, ahead=datetime(2026, 11, 23, 10, 12, tzinfo=zone) - datetime.now(zone))
