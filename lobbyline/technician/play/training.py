"""A branch to play in: a copy of the files, on stand-ins alone, beside whatever else runs on this machine."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path
from typing import Any

from lobbyline.lobby.config.toml import table_of
from lobbyline.technician.setup import edit


def training_copy(branch: Path, folder: Path) -> Path:
    """The branch's files with a stand-in for every device, and ports that nobody listens on."""
    shutil.copytree(branch, folder)
    written = table_of(folder / "devices.toml").data if (folder / "devices.toml").exists() else {}
    text = edit.tables(
        "printers", [here(one, at=f"tcp://127.0.0.1:{free_port()}") for one in written.get("printers", [])]
    )
    for kind in ("readers", "buses", "keypads"):
        text += edit.tables(kind, [here(one, port=f"standin/{one['name']}") for one in written.get(kind, [])])
    edit.put(folder / "devices.toml", text)
    data = table_of(folder / "branch.toml").data
    if "base" in data:
        edit.set_key(folder / "branch.toml", ("base", "folder"), str((branch / data["base"]["folder"]).resolve()))
    edit.set_key(folder / "branch.toml", ("staff", "port"), free_port())
    return folder


def here(device: dict[str, Any], **place: str) -> dict[str, Any]:
    """A device as it stands in the copy: on this machine, under another address."""
    return {key: value for key, value in device.items() if key != "machine"} | place


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
