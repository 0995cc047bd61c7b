"""Every page of every form, one after another, to be looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lobbyline.kiosk.filling import Filling
from tests.kiosk.hand import Hand

OPENING = {  # answers that open every page of a form
    "F01": {"amt": "60000"},
    "F02": {"amt": "60000"},
    "F04": {"id_type": "户口簿", "id_no": "110000201011240007"},
    "F05": {"tax_res": "3", "more_countries": "两个"},
    "F09": {"id_no": "110000196111230005"},
}


def every_form(hand: Hand, language: str) -> Iterator[str]:
    """Stand before each page of each form in turn; what is yielded is the name of its picture."""
    hand.model.visit = replace(hand.model.visit, language=language)
    hand.model.use(hand.ways)
    hand.model.ticked.emit()
    for name, form in hand.lobby.setup.forms.items():
        today, most = hand.clock().date(), hand.model.pages.form.most
        filling = Filling(name, form, today, language, OPENING.get(name, {}), most=most)
        for number, step in enumerate(steps(filling)):
            hand.model.typist.open(step)
            hand.model.typed.emit()
            hand.show("form")
            yield f"form-{name}-{number + 1:02}"
        hand.show("review")
        yield f"form-{name}-review"
        while hand.told("reviewGoesOn"):
            hand.model.touch("overleaf")
            hand.model.settle()
            yield f"form-{name}-review-{hand.model.typist.overleaf + 1}"


def steps(filling: Filling) -> Iterator[Filling]:
    """Every page of a form, plain at its warning and with all its mistakes, and every leaf to be read."""
    if filling.warning:
        yield filling.opened(0)
    filling = replace(filling, warned=True)
    for page in range(len(filling.pages)):
        step = filling.opened(page)
        yield step.judge()
        while step.leaf < len(step.leaves) - 1:
            step = step.onward()
            yield step
