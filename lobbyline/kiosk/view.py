"""What the pages show, as plain dictionaries in the customer's language. Pure: offers and places go in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lobbyline.lobby.branch import Branch, Service, Text
from lobbyline.lobby.forecast import Wait
from lobbyline.lobby.reception import Offer, Place
from lobbyline.lobby.ticket import shown

Words = Mapping[str, str]
View = dict[str, Any]
ELDER_SERVICES = 4


def tile(offer: Offer, at: datetime, words: Words, language: str, second: str) -> View:
    """A service as something to touch."""
    title, detail = parted(offer.service.name.say(language))
    return {
        "name": f"service-{offer.code}",
        "icon": offer.service.icon,
        "title": title,
        "detail": detail,
        "second": parted(offer.service.name.say(second))[0] if second != language else "",
        "line": line(offer, words) if offer.open else opens(offer, at, words),
        "open": offer.open,
    }


def parted(name: str) -> tuple[str, str]:
    """A name, and what stands in brackets behind it or after its comma."""
    found = re.fullmatch(r"(.+?)\s*(?:[((](.+)[))]|, (.+))", name)
    return (found[1], found[2] or found[3]) if found else (name, "")


def line(offer: Offer, words: Words) -> str:
    """How many wait for a service, and how long one more would."""
    return words["line"].format(ahead=ahead(offer.waiting, words), wait=wait(offer.wait, words))


def ahead(count: int, words: Words) -> str:
    return words["ahead"].format(n=count) if count else words["nobody"]


def wait(expected: Wait, words: Words) -> str:
    """The range in words; above an hour no figure is honest."""
    if expected.high > 60:
        return words["wait_crowded"]
    return words["wait" if expected.low else "wait_soon"].format(low=expected.low, high=expected.high)


def around(expected: Wait, at: datetime, words: Words) -> str:
    """The same range as times of day; nothing when it is too long to be told."""
    if expected.high > 60:
        return ""
    low, high = (at + timedelta(minutes=minutes) for minutes in (expected.low, expected.high))
    return words["clock_range"].format(low=f"{low:%H:%M}", high=f"{high:%H:%M}")


def opens(offer: Offer, at: datetime, words: Words) -> str:
    """When a closed service opens."""
    when = offer.opens_at
    if when is None:
        return words["opens_never"]
    word = "opens_today" if when.date() == at.date() else "opens_later"
    return words[word].format(time=f"{when:%H:%M}", month=when.month, day=when.day)


def today(at: datetime, words: Words) -> str:
    weekday = words["weekdays"].split()[at.weekday()]
    return words["today"].format(month=at.month, day=at.day, weekday=weekday)


def groups(branch: Branch, language: str, second: str) -> list[View]:
    """The pages of services, those that have any."""
    used = {service.group for service in branch.services.values()}
    return [
        {"name": f"group-{key}", "title": name.say(language), "second": name.say(second) if second != language else ""}
        for key, name in branch.groups.items()
        if key in used
    ]


def for_elders(offers: list[Offer]) -> list[Offer]:
    """Four large services: quick and popular, first those that no machine can do."""
    fitting = [offer for offer in offers if offer.service.popular and offer.service.complexity == "quick"]
    return sorted(fitting, key=lambda offer: offer.service.machine is not None)[:ELDER_SERVICES]


def before(offer: Offer, at: datetime, words: Words, language: str) -> View:
    """What to know before waiting: what to bring, and whether a machine can do it."""
    service, triage = offer.service, offer.service.complexity == "triage"
    return {
        "title": words["unsure_title"] if triage else service.name.say(language),
        "hint": words["unsure_hint"] if triage else "",
        "icon": service.icon,
        "bring": [{"icon": picture(text), "text": text.say(language)} for text in service.bring],
        "machine": service.machine.say(language) if service.machine else "",
        "line": line(offer, words),
        "wait": wait(offer.wait, words),
        "open": offer.open,
        "opens": "" if offer.open else opens(offer, at, words),
    }


PICTURES = {"证": "account", "卡": "card", "折": "card", "钱": "cash", "币": "cash", "现金": "cash", "手机": "phone"}


def picture(text: Text) -> str:
    """A picture for something to bring."""
    return next((icon for sign, icon in PICTURES.items() if sign in text.zh), "document")


def number(place: Place, service: Service, at: datetime, words: Words, language: str) -> View:
    """A ticket and its place, as certain as it is known now."""
    ticket = place.ticket
    counters = ("、" if language.startswith("zh") else ", ").join(str(number) for number in place.counters)
    waiting = ticket.state == "waiting"
    return {
        "number": shown(ticket.number),
        "service": service.name.say(language),
        "waiting": waiting,
        "state": words["listen"] if waiting else state(ticket.state, ticket.counter, words),
        "ahead": words["ahead_value"].format(n=place.ahead) if place.ahead else words["ahead_next"],
        "wait": wait(place.wait, words),
        "around": around(place.wait, at, words),
        "zone": place.zone.say(language),
        "counters": words["counter_value"].format(counters=counters) if counters else "",
    }


def state(name: str, counter: int | None, words: Words) -> str:
    word = name if name in ("called", "serving", "review", "held", "missed") else "ended"
    return words[word].format(counter=counter or "")
