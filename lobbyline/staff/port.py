"""The port of the staff's pages, opened before anything else: a taken one is a sentence and not a traceback."""

from __future__ import annotations

import errno
import socket

from lobbyline.drivers.errors import DeviceError

REASONS = {
    errno.EADDRINUSE: "another program is listening there already; end it or choose another port in [staff]",
    errno.EACCES: "this user may not open it; ports below 1024 need rights, choose a higher one in [staff]",
    errno.EADDRNOTAVAIL: "this machine does not have that address; see `ip address` and mend host in [staff]",
}


def listen(host: str, port: int) -> socket.socket:
    """The open port, or a sentence for the technician."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's delay on: every answer would wait 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        reason = REASONS.get(error.errno or 0, f"{error.strerror}; mend host and port in [staff]")
        raise DeviceError(f"Staff pages: cannot listen on {host} port {port}: {reason}.") from error
    return listening
