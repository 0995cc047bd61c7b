"""[questions.NAME]: what the kiosk asks who is not sure; the first question stands first, each answer leads on."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from lobbyline.lobby.settings.setting import Settings, Text


class Answer(Settings):
    """One answer: it leads to a service or to another question."""

    say: Text = Field(description="The answer in people's words.")
    icon: str = Field("help", description="Its picture: a name of assets/icons, without .svg.")
    service: str = Field("", description="The service that was meant: a code of [services].")
    then: str = Field("", description="The question that comes next: a key of [questions].")

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        if bool(self.service) == bool(self.then):
            raise ValueError("leads either to a service or to another question (then)")
        return self


class Question(Settings):
    """One question and its answers."""

    ask: Text = Field(description="The question.")
    answers: list[Answer] = Field(min_length=2, max_length=6, description="Two to six answers.")
