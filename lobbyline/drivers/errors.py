"""The one error of the wires."""

from __future__ import annotations


class DeviceError(Exception):
    """A device cannot be used.

    The sentence names it as the technician's file does, says what was seen and what to try.
    """
