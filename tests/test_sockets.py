"""Sockets that are found by a path."""

from __future__ import annotations

import socket
from pathlib import Path

from lobbyline.sockets import short


def test_a_folder_may_have_any_depth(tmp_path: Path) -> None:
    """A socket in a folder whose path is longer than a socket's address is bound and reached."""
    folder = tmp_path / "/".join(["a folder far down"] * 12)
    folder.mkdir(parents=True)
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth,
        short(folder) as place,
    ):
        ear.bind(f"{place}/ear")
        mouth.sendto(b"hello", f"{place}/ear")
        assert ear.recv(9) == b"hello"
    assert (folder / "ear").is_socket()
