"""What each page of the kiosk answers to, shows, and leads to. The model routes touches to the page that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lobbyline.kiosk.pages.access import Access
from lobbyline.kiosk.pages.attendant import Attendant, Pin
from lobbyline.kiosk.pages.form import Form
from lobbyline.kiosk.pages.guidance import Bands, Faq, Lacking, Machine, Ready
from lobbyline.kiosk.pages.number import Cancel, Change, Enter, Number
from lobbyline.kiosk.pages.page import Page
from lobbyline.kiosk.pages.review import Review
from lobbyline.kiosk.pages.services import Elder, Group, Home, Unsure
from lobbyline.kiosk.pages.trouble import Out, Trouble

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel


class Pages:
    """Every page by its name, which is also the name of its QML item."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.home = Home(kiosk)
        self.access = Access(kiosk)
        self.group = Group(kiosk)
        self.elder = Elder(kiosk)
        self.unsure = Unsure(kiosk)
        self.bands = Bands(kiosk)
        self.ready = Ready(kiosk)
        self.lacking = Lacking(kiosk)
        self.faq = Faq(kiosk)
        self.machine = Machine(kiosk)
        self.number = Number(kiosk)
        self.change = Change(kiosk)
        self.cancel = Cancel(kiosk)
        self.enter = Enter(kiosk)
        self.form = Form(kiosk)
        self.review = Review(kiosk)
        self.pin = Pin(kiosk)
        self.attendant = Attendant(kiosk)
        self.trouble = Trouble(kiosk)
        self.out = Out(kiosk)

    def named(self, name: str) -> Page:
        page: Page = getattr(self, name)
        return page

    def leaves(self, name: str) -> int:
        """How many leaves the services take that are shown on this page."""
        return (self.change if name == "change" else self.group).leaves()
