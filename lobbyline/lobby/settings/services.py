"""[services.CODE]: what customers come for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lobbyline.lobby.settings.prompts import Prompts
from lobbyline.lobby.settings.setting import Settings, Text

Control = Literal["identity", "authorisation", "review", "risk_disclosure", "voucher"]


CONTROLS: tuple[Control, ...] = ("identity", "authorisation", "review", "risk_disclosure", "voucher")


class Band(Settings):
    """A range of amounts, with papers and a way of its own."""

    name: Text = Field(description='The range in people\'s words, like "up to 20,000".')
    service: str = Field("", description="Another service that these amounts belong to; this one unless given.")
    bring: list[str] = Field([], max_length=5, description="Papers instead of the service's own: keys of [papers].")
    machine: bool = Field(True, description="Whether the service's machine can do these amounts.")


class Question(Settings):
    """What people often ask about a service, and what one tells them."""

    ask: Text = Field(description="In people's words, under 16 characters in Chinese.")
    answer: Text = Field(description="One or two short sentences, under 40 characters in Chinese.")


Complexity = Literal["forms", "advice", "settlement", "quick", "triage"]


class Service(Settings):
    """What a customer comes for."""

    name: Text = Field(description="In people's words, under 18 characters in Chinese.")
    group: str = Field("personal", description="The page of the kiosk it stands on: a key of [groups].")
    queue: str = Field(description="Letter of the line it waits in.")
    complexity: Complexity = Field(
        description="Class of business: forms and identity, advice, two-stage settlement, quick cash, or triage."
    )
    minutes: float = Field(gt=0, le=240, description="Expected minutes at the counter.")
    review_minutes: float = Field(0, ge=0, le=240, description="Expected minutes of the back office after the counter.")
    hours: str = Field("personal", description="A key of [hours].")
    daily_limit: int = Field(0, ge=0, description="Tickets a day; 0 is without limit.")
    bring: list[str] = Field([], description="What to have ready: at most five keys of [papers].", max_length=5)
    bands: list[Band] = Field(
        [], max_length=4, description="Ranges of amounts that the kiosk asks for first; empty asks nothing."
    )
    at_once: bool = Field(
        False, description="The touch on its tile, which names what to bring, draws the number; else it is said before."
    )
    forms: list[str] = Field([], description="Forms to fill: F01 … F11.")
    faq: list[Question] = Field(
        [], max_length=4, description="What people often ask about it; the kiosk tells it before the number."
    )
    machine: Text | None = Field(None, description="The machine that can do it too, and where it stands.")
    controls: list[Control] = Field([], description="Controls that nobody may skip before the ticket is done.")
    voucher: str = Field("", description="The kind of blank voucher its voucher control uses up: a key of [vouchers].")
    qualification: str = Field(
        "", description="Called only by tellers of this qualification, such as `funds`; empty: by every teller."
    )
    hint: Text | None = Field(
        None, description="One line for the teller by the service alone; shown once a ticket, before the farewell."
    )
    prompts: Prompts = Field(
        default_factory=Prompts,
        description="What a step reminds the teller of with this service; else [staff.prompts].",
    )
    popular: bool = Field(False, description="Shown on the kiosk's first page.")
    icon: str = Field("help", description="A name of assets/icons, without .svg.")

    @property
    def simple(self) -> bool:
        """Done quickly at any counter: what `split` keeps apart from long business."""
        return self.complexity in ("quick", "triage")
