"""The settings as they are declared: each in the module of its table's name, each with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import get_args

import pytest
from pydantic import BaseModel

from lobbyline.lobby.branch import Branch, Devices, Settings, Text, Window
from lobbyline.lobby.forms.form import Form


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in (Text, Window):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def tables() -> Iterator[tuple[str, type[BaseModel]]]:
    for file in (Branch, Devices):
        for name, field in file.model_fields.items():
            yield from ((name, model) for model in models_in(field.annotation))


def every_model(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            yield from every_model(inner)


@pytest.mark.parametrize(("name", "model"), list(tables()))
def test_the_name_in_the_file_is_the_name_of_the_module(name: str, model: type[BaseModel]) -> None:
    """Whoever looks for [voice] opens settings/voice.py."""
    assert getattr(import_module(f"lobbyline.lobby.settings.{name}"), model.__name__) is model


@pytest.mark.parametrize("file", [Branch, Devices, Form])
def test_every_setting_has_a_sentence(file: type[Settings]) -> None:
    """A key without a sentence would leave the technician guessing."""
    for model in every_model(file):
        mute = [
            name for name, field in model.model_fields.items() if not (field.description or "").endswith((".", "…"))
        ]
        assert (model.__name__, mute) == (model.__name__, [])
