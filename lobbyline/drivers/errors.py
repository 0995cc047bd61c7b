"""The one error of the wires, and the kernel's number behind it."""

from __future__ import annotations

import errno

# What the kernel's number means for people of the branch, who may help or call somebody.
TROUBLES = {
    errno.ENOENT: "unplugged",
    errno.ENODEV: "unplugged",
    errno.ENXIO: "unplugged",
    errno.EIO: "unplugged",
    errno.EACCES: "barred",
    errno.EPERM: "barred",
    errno.EAGAIN: "taken",
    errno.EBUSY: "taken",
    errno.ECONNREFUSED: "refused",
    errno.ENOTTY: "",  # another path is meant
}


class DeviceError(Exception):
    """A device cannot be used.

    The sentence names it as the technician's file does, says what was seen and what to try. `trouble` is the code of
    what others should hear in their language; empty where nobody but the technician can make anything of it.
    """

    def __init__(self, sentence: str, trouble: str = "") -> None:
        super().__init__(sentence)
        self.trouble = trouble


def trouble_of(error: BaseException, otherwise: str) -> str:
    """The code of what the kernel says."""
    return TROUBLES.get(kernel_number(error), otherwise)


def kernel_number(error: BaseException | None) -> int:
    """The errno of an error, or of the one that pyserial made its sentence from."""
    if error is None:
        return 0
    return next((arg for arg in error.args if isinstance(arg, int)), 0) or kernel_number(error.__context__)
