"""What the pages show, as plain dictionaries in the customer's language. Pure: offers and places go in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lobbyline.lobby.branch import Band, Branch, Paper, Question, Service
from lobbyline.lobby.calendar import day_written
from lobbyline.lobby.reception.reception import Offer, Place
from lobbyline.lobby.rule.forecast import Wait
from lobbyline.lobby.ticket import THIN_SPACE, shown

Words = Mapping[str, str]
View = dict[str, Any]
ELDER_SERVICES = 4
NO_BREAK = "\u202f"  # as thin a space, where no line ends
SENSE = 10  # signs that a pause of sense may be farther from the middle


def tile(offer: Offer, at: datetime, words: Words, language: str, second: str, bring: str = "") -> View:
    """A service as something to touch; `bring` is named where the touch draws the number."""
    title, detail = parted(offer.service.name.say(language))
    return {
        "name": f"service-{offer.code}",
        "icon": offer.service.icon,
        **named(title),
        "detail": "" if offer.service.bands else detail,
        "bring": words["bring_line"].format(papers=bring) if bring else "",
        "second": parted(offer.service.name.say(second))[0] if second != language else "",
        "line": outlook(offer, at, words),
        "wait": wait(offer.wait, words) if offer.open and not offer.emergency else outlook(offer, at, words),
        "open": offer.open,
    }


def parted(name: str) -> tuple[str, str]:
    """A name, and what stands in brackets behind it or after its comma."""
    found = re.fullmatch(r"(.+?)\s*(?:[(（](.+)[)）]|, (.+))", name)
    return (found[1], found[2] or found[3]) if found else (name, "")


def named(title: str) -> View:
    """What stands on a tile, in one line and in two."""
    return {"title": title, "halves": halved(title)}


def halved(words: str) -> str:
    """The same in two lines, broken at the pause nearest its middle, better one of sense; without any, as it is."""
    pauses = list(re.finditer(r"(?P<sense>[、，]|[,;] +| +(?=\()|.(?=（))| +", words))
    at = min(pauses, key=lambda one: abs(len(words) - 2 * one.end()) - (SENSE if one["sense"] else 0), default=None)
    return f"{words[: at.end()].rstrip()}\n{words[at.end() :]}" if at else words


def folded(words: str) -> str:
    """The same for narrow keys: without a pause, Chinese is broken in its middle."""
    halves, middle = halved(words), -(-len(words) // 2)
    return halves if "\n" in halves or words.isascii() else f"{words[:middle]}\n{words[middle:]}"


def outlook(offer: Offer, at: datetime, words: Words) -> str:
    """What whoever chooses a service now may expect; for a closed one, when it opens."""
    return line(offer, words) if offer.open else opens(offer, at, words)


def line(offer: Offer, words: Words) -> str:
    """How many wait for a service, and how long one more would; nothing while nobody knows."""
    if offer.emergency:
        return words["emergency_line"]
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
    word = {0: "opens_today", 1: "opens_tomorrow"}.get((when.date() - at.date()).days, "opens_later")
    return words[word].format(time=f"{when:%H:%M}", day=day_written(when.date(), words, "short"))


def clock(at: datetime, words: Words) -> View:
    """Time and day, for the band on top."""
    return {"time": f"{at:%H:%M}", "day": day_written(at.date(), words, "weekday")}


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


def before(offer: Offer, band: Band | None, papers: list[Paper], words: Words, language: str) -> View:
    """What to know before waiting: what to bring, and whether a machine can do it."""
    service = offer.service
    machine = service.machine if band is None or band.machine else None
    triage = service.complexity == "triage"
    return {
        "title": words["unsure_title"] if triage else parted(service.name.say(language))[0],
        "detail": band.name.say(language) if band else parted(service.name.say(language))[1],
        "hint": words["unsure_hint"] if triage else "",
        "icon": service.icon,
        "bring": [paper(one, language) for one in papers],
        "faq": [{"ask": one.ask.say(language), "answer": one.answer.say(language)} for one in service.faq],
        "machine": machine.say(language) if machine else "",
        "line": line(offer, words),
        "wait": "" if offer.emergency else wait(offer.wait, words),
    }


def paper(one: Paper, language: str) -> View:
    """Something to bring, with its picture and what to do without it."""
    missing = one.missing.say(language) if one.missing else ""
    return {"icon": one.icon, "text": one.name.say(language), "missing": missing}


def band(place: int, one: Band, papers: list[Paper], offer: Offer, at: datetime, words: Words, language: str) -> View:
    """A range of amounts, with what to bring for it and how it goes on."""
    names = [paper.name.say(language) for paper in papers]
    return {
        "name": f"band-{place}",
        "title": one.name.say(language),
        "bring": listed(names, words),
        "rows": listed(names, words, "\n"),
        "way": words["way_machine" if one.machine and offer.service.machine else "way_number"],
        "line": outlook(offer, at, words),
        "open": offer.open,
    }


def listed(names: list[str], words: Words, after: str = "") -> str:
    """Names in a row, as their language writes it, with something more `after` each comma."""
    between = words["between"].rstrip() + after if after else words["between"]
    inside = lowered if words["inside"] == "small" else str
    return between.join([*names[:1], *map(inside, names[1:])])


def either(names: list[str], words: Words) -> str:
    """One of them: "1, 2 or 7"."""
    *others, last = names or [""]
    return words["last"].join([words["between"].join(others), last] if others else [last])


def lowered(name: str) -> str:
    """A name within a sentence: "Bank card" begins small there, "ID card" does not."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def unbroken(words: str) -> str:
    """Words in which no number of a ticket is broken at the end of a line."""
    return words.replace(THIN_SPACE, NO_BREAK)


def sentence(*parts: str) -> str:
    """What the voice says, with a breath between the parts."""
    return ", ".join(part for part in parts if part)


def number(place: Place, papers: list[Paper], service: Service, at: datetime, words: Words, language: str) -> View:
    """A ticket and its place, as certain as it is known now."""
    ticket = place.ticket
    counters = either([str(number) for number in place.counters], words)
    waiting = ticket.state == "waiting" and not place.emergency
    now = words["listen"] if waiting else state(place, words)
    return {
        "number": shown(ticket.number),
        "token": ticket.token,
        "service": service.name.say(language),
        "waiting": waiting,
        "missed": ticket.state == "missed",
        "state": now,
        "halves": halved(now),
        "ahead": ahead_of(place.ahead, words),
        "wait": wait(place.wait, words),
        "around": around(place.wait, at, words),
        "zone": place.zone.say(language),
        "counters": words["counter_value"].format(counters=counters) if counters else "",
        "bring": listed([paper.name.say(language) for paper in papers], words),
    }


def ahead_of(count: int, words: Words) -> str:
    """How many stand before a number, in words that count."""
    named = {0: "ahead_next", 1: "ahead_one"}.get(count, "ahead_value")
    return words[named].format(n=count)


def question(one: Question, number: int, words: Words, language: str) -> View:
    """A question for somebody who is not sure."""
    return {
        "title": one.ask.say(language),
        "step": words["question_step"].format(n=number),
        "answers": [
            {"name": f"answer-{place}", "icon": answer.icon, **named(answer.say.say(language))}
            for place, answer in enumerate(one.answers)
        ],
    }


def state(place: Place, words: Words) -> str:
    """What becomes of a number that does not wait in a line."""
    name = "emergency" if place.emergency else place.ticket.state
    word = name if name in ("called", "serving", "review", "held", "missed", "emergency") else "ended"
    return words[word].format(counter=place.ticket.counter or "")
