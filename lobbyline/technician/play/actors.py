"""Whose hands a visit needs: the customer's at the kiosk's glass, and those of the staff in a browser."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.glass.finger import Finger
from lobbyline.technician.play.playing import PATIENCE, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTLE = 400  # milliseconds for a page to draw what it knows, before its picture is taken


class Customer:
    """A finger on the kiosk's glass."""

    def __init__(self, socket: Path, pictures: Path) -> None:
        self._socket, self._pictures = socket, pictures
        self.finger = Finger(socket, PATIENCE)

    def comes_back(self) -> None:
        """The program at the other end was started anew."""
        self.finger.close()
        self.finger = Finger(self._socket, PATIENCE)

    def touch(self, item: str, page: str) -> None:
        """Touch what leads to a page."""
        self.finger.wait_for(item, PATIENCE)
        self.finger.touch(item)
        self.finger.wait_for_page(page, PATIENCE)

    def take(self) -> float:
        """Touch *take a number*; the seconds until it stands there."""
        self.finger.wait_for("take", PATIENCE)
        time.sleep(SETTLE / 1000)  # a page that has just come takes no touch yet
        began = time.monotonic()
        self.finger.touch("take")
        until(lambda: self.finger.page() == "number", "the number stands on the kiosk")
        return time.monotonic() - began

    def type(self, field: str, keys: str) -> None:
        """Touch a field, its keys, and for Chinese the first candidates."""
        self.touch(f"field-{field}", "form")
        for key in keys:
            self.finger.wait_for(f"key-{key}", PATIENCE)
            self.finger.touch(f"key-{key}")
        while "pick-0" in self.finger.items():
            self.finger.touch("pick-0")

    def see(self, name: str) -> None:
        self.finger.picture(self._pictures / f"{name}.png")


class Colleague:
    """Somebody of the staff at a computer of the branch."""

    def __init__(self, page: Page, address: str, pins: Mapping[str, str], pictures: Path) -> None:
        self._page, self._address, self._pins, self._pictures = page, address, pins, pictures

    def sign_in(self, name: str, to: str) -> None:
        """Sign in at the page and go on."""
        self._page.goto(f"{self._address}/sign-in?to={to}")
        self._page.locator("#name").fill(name)
        self._page.locator("#secret").fill(self._pins[name])
        self._page.locator("#sign-in .strong").click()
        self._page.wait_for_url(f"**{to}")

    def sign_out(self) -> None:
        self._page.locator("#sign-out").click()
        self._page.wait_for_url("**/sign-in?*")

    def press(self, key: str = "#primary") -> None:
        """Press a key of the page, once it has come to rest."""
        self._page.wait_for_timeout(SETTLE)
        self._page.locator(key).click()

    def see(self, name: str, known: str) -> None:
        """A picture of the page, once it shows what it cannot show before it has read the lobby: a CSS selector."""
        self._page.wait_for_selector(known)
        self._page.wait_for_timeout(SETTLE)
        self._page.screenshot(path=self._pictures / f"{name}.png")
