"""The one error of the wires, and the kernel's number behind it."""

from __future__ import annotations


class DeviceError(Exception):
    """A device cannot be used.

    The sentence names it as the technician's file does, says what was seen and what to try.
    """


def kernel_number(error: BaseException | None) -> int:
    """The errno of an error, or of the one that pyserial made its sentence from."""
    if error is None:
        return 0
    return next((arg for arg in error.args if isinstance(arg, int)), 0) or kernel_number(error.__context__)
