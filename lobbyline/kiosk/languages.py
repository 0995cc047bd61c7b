"""The languages of the branch as the kiosk offers them: the one that is spoken, a second beside it, the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lobbyline.kiosk.model import KioskModel


class Languages:
    """What follows from the customer's language."""

    def __init__(self, kiosk: KioskModel) -> None:
        self.kiosk = kiosk

    @property
    def second(self) -> str:
        """The language that stands small under the first one."""
        languages, spoken = self.kiosk.branch.languages, self.kiosk.visit.language
        return next((language for language in languages if language != spoken), languages[0])

    @property
    def following(self) -> str:
        """The language that a touch changes to."""
        languages = self.kiosk.branch.languages
        return languages[(languages.index(self.kiosk.visit.language) + 1) % len(languages)]

    @property
    def offered(self) -> str:
        """What that language is called in itself; empty where a branch has only one."""
        other = self.following
        return self.kiosk.setup.words[other]["kiosk"]["language"] if other != self.kiosk.visit.language else ""
