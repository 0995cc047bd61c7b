"""What a customer meets, with real touches on the real pages of the sample branch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.reception.reception import Place
from tests.kiosk.hand import Hand, evening, hand_at


@contextmanager
def elsewhere(hand: Hand) -> Iterator[Lobby]:
    """The same branch as another program sees it."""
    lobby = open_lobby(hand.lobby.setup, hand.lobby.data)
    yield lobby
    lobby.close()


def fill_small_withdrawal(hand: Hand) -> None:
    """From the number's page to the review of form F02."""
    hand.goes("fill", "form")
    hand.types("name", "zhangsan")
    hand.touches("key-space")  # takes the surname
    hand.touches("key-space")
    hand.types("card_no", "6299000000000007")
    hand.touches("next")
    hand.types("amt", "3000")
    hand.goes("next", "review")


def ready(hand: Hand, service: str = "W1") -> None:
    """A service was chosen, where it matters for a small amount."""
    if hand.lobby.branch.services[service].bands:
        hand.goes(f"service-{service}", "bands")
        hand.goes("band-0", "ready")
    else:
        hand.goes(f"service-{service}", "ready")


def take(hand: Hand, service: str = "W1") -> None:
    ready(hand, service)
    hand.goes("take", "number")


def test_from_home_to_the_number_to_the_form_and_home(hand: Hand) -> None:
    """Three touches to a number; the form filled with the kiosk's own keyboards; home with nothing left behind."""
    take(hand)
    assert hand.told("number")["number"] == "A\u2009001"
    fill_small_withdrawal(hand)
    assert [row["value"] for row in hand.told("review") if row["label"] == "姓名"] == ["张三"]
    hand.goes("confirm", "number")
    assert hand.told("note") == "单子已填好，柜员会看到"
    assert [ticket.ready for ticket in hand.waiting()] == [True]
    hand.goes("done", "home")
    assert (hand.model.visit.place, hand.model.visit.known, hand.model.typist.filling) == (None, {}, None)


def test_the_teller_reads_what_was_typed(hand: Hand) -> None:
    """What the customer confirmed is what the counter sees."""
    take(hand)
    fill_small_withdrawal(hand)
    hand.goes("confirm", "number")
    desk, at = hand.lobby.desk(1), hand.clock()
    desk.open(at)
    desk.next(at)
    answers = desk.filled(at)["F02"]
    assert (answers["name"], answers["card_no"], answers["amt"]) == ("张三", "6299000000000007", "3000")


def test_what_was_filled_is_printed_once_to_take_along(hand: Hand) -> None:
    """One key on the number's page puts the masked form on paper; it is gone once it was pressed."""
    take(hand)
    fill_small_withdrawal(hand)
    hand.goes("confirm", "number")
    hand.touches("slip")
    hand.qtbot.waitUntil(lambda: hand.told("note") == "正在打印，请在出纸口取走")
    hand.qtbot.waitUntil(lambda: not hand.told("number")["slip"])
    assert "slip" not in hand.panel.items()
    (ticket,) = hand.waiting()
    with hand.lobby.read() as book:
        assert [row.slip["form"] for row in book.prints_of(ticket) if row.slip.get("form")] == ["F02"]


def test_two_fingers_choose_one_service_and_draw_one_number(hand: Hand) -> None:
    """Two tiles at once open one page; two answers at once draw one number."""
    hand.touches("service-T1", "service-O1")
    hand.qtbot.waitUntil(lambda: hand.page == "ready")
    hand.touches("take", "machine")
    hand.qtbot.waitUntil(lambda: hand.page in ("number", "machine"))
    hand.qtbot.waitUntil(lambda: not hand.told("busy"))
    assert len(hand.waiting()) <= 1
    if hand.page == "machine":
        hand.goes("take", "number")
    assert len(hand.waiting()) == 1


def test_a_finger_that_taps_again_draws_nothing_more(hand: Hand) -> None:
    """Touches while the number is being drawn, and on the page that has just come, are nothing."""
    ready(hand)
    hand.sees("take")
    place = hand.panel.centre("take")
    for _ in range(4):
        hand.panel.touch(place)
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    hand.panel.touch(place)
    assert (hand.page, len(hand.waiting())) == ("number", 1)


@pytest.mark.warns("does not answer")
def test_a_lost_answer_is_asked_again_with_the_same_key(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number was drawn but the answer got lost: trying again shows the same number."""
    reception, draw = hand.lobby.reception, hand.lobby.reception.take

    def lost(*args: object, **facts: object) -> Place:
        draw(*args, **facts)  # type: ignore[arg-type]
        monkeypatch.setattr(reception, "take", draw)
        raise StoreError("the disk is full")

    monkeypatch.setattr(reception, "take", lost)
    ready(hand)
    hand.goes("take", "trouble")
    assert hand.told("trouble")["sentence"] == "请直接找大堂经理取号"
    hand.goes("again", "number")
    assert [ticket.number for ticket in hand.waiting()] == ["A001"]


def test_a_closed_service_says_when_it_opens(hand: Hand) -> None:
    """After hours a tile tells when it opens; touching it gives a calm page and no number."""
    hand.clock.ahead += evening(hand.clock())
    hand.model.refresh()
    assert hand.told("tiles")[0]["line"] == "明天 09:00 开始"
    hand.goes("service-W1", "trouble")
    assert hand.told("trouble")["title"] == "取款 · 现在不办理"
    assert hand.told("trouble")["sentence"] == "明天 09:00 开始"
    assert hand.waiting() == []
    hand.goes("back", "home")


def test_elders_need_two_touches(hand: Hand) -> None:
    """Large pages, a number of the care line with the second touch, no form asked; then ordinary letters again."""
    body = hand.window.theme.tables["type"]["body"]
    hand.goes("elder", "elder")
    assert hand.window.theme.tables["type"]["body"] == round(body * 1.35)
    hand.goes("service-E1", "number")
    assert [(ticket.number, ticket.segment) for ticket in hand.waiting()] == [("L001", "care")]
    assert "fill" not in hand.panel.items()
    hand.goes("done", "home")
    assert hand.window.theme.tables["type"]["body"] == body


def test_help_reaches_the_lobby_manager(hand: Hand) -> None:
    """The help key raises an alert and says that somebody comes."""
    hand.touches("help")
    hand.qtbot.waitUntil(lambda: hand.told("note") != "")
    assert hand.told("note") == "已经叫了，大堂经理马上来"
    assert [alert.kind for alert in hand.lobby.lookout.now(hand.clock())] == ["help"]


def test_not_being_sure_costs_two_answers(hand: Hand) -> None:
    """Questions land on the right service, and what to bring is said as to anybody else."""
    hand.goes("unsure", "unsure")
    assert hand.told("asking")["title"] == "大概是哪一类事？"
    hand.touches("answer-1")
    hand.qtbot.waitUntil(lambda: hand.told("asking")["title"] == "卡或存折怎么了？")
    hand.goes("answer-1", "ready")
    assert hand.told("ready")["title"] == "挂失补卡"
    hand.goes("take", "number")
    assert [ticket.service for ticket in hand.waiting()] == ["L1"]


def test_none_of_the_answers_is_a_service_too(hand: Hand) -> None:
    """Whoever finds no answer takes a number of the service that finds out; back leads to the question before."""
    hand.goes("unsure", "unsure")
    hand.touches("answer-0")
    hand.qtbot.waitUntil(lambda: len(hand.model.visit.questions) == 2)
    hand.touches("back")
    hand.qtbot.waitUntil(lambda: len(hand.model.visit.questions) == 1)
    hand.goes("none", "ready")
    hand.goes("take", "number")
    assert [ticket.service for ticket in hand.waiting()] == ["Q1"]


def test_every_answer_leads_to_a_service_of_the_branch(hand: Hand) -> None:
    """Whatever is answered, at most three touches after "I am not sure" a service is found."""
    questions = hand.lobby.branch.questions

    def touches(name: str) -> int:
        return 1 + max((touches(answer.then) for answer in questions[name].answers if answer.then), default=0)

    assert touches(next(iter(questions))) <= 3


def test_an_amount_changes_papers_machine_and_service(hand: Hand) -> None:
    """A small amount may go to the machine, a larger one needs an ID card, a very large one is another service."""
    hand.goes("service-W1", "bands")
    assert [band["bring"] for band in hand.told("bands")] == [
        "银行卡或存折",
        "银行卡或存折、身份证原件",
        "身份证原件、银行卡或存折、提前一天预约",
    ]
    hand.goes("band-1", "number")
    assert hand.told("number")["bring"] == "银行卡或存折、身份证原件"
    hand.goes("done", "home")
    hand.goes("service-W1", "bands")
    hand.goes("band-2", "number")
    assert [ticket.service for ticket in hand.waiting()] == ["W1", "W2"]
    waiting = hand.waiting()
    with hand.lobby.read() as book:
        slips = [book.prints_of(ticket)[0].slip["texts"]["zh"]["bring"] for ticket in waiting]
    assert slips == [["银行卡或存折", "身份证原件"], ["身份证原件", "银行卡或存折", "提前一天预约"]]


def test_what_is_missing_is_said_before_the_wait(hand: Hand) -> None:
    """The key "one is missing" says for each paper what to do, and leaves both ways open."""
    hand.goes("service-O1", "ready")
    hand.goes("lacking", "lacking")
    assert "没带身份证办不了" in hand.told("ready")["bring"][0]["missing"]
    hand.goes("take", "number")


def test_what_people_often_ask_is_answered_before_the_wait(hand: Hand) -> None:
    """A service's questions and answers are one touch away; a service without any shows no key for them."""
    hand.goes("service-T1", "ready")
    hand.goes("faq", "faq")
    asked = hand.told("ready")["faq"]
    assert [one["ask"] for one in asked] == ["多久能到账？", "转错了能追回吗？"]
    assert "跨行一般当天到账" in hand.model.pages.faq.spoken()
    hand.goes("back", "ready")
    hand.goes("home", "home")
    hand.goes("service-M3", "ready")
    assert "faq" not in hand.panel.items()


def test_the_owner_changes_the_service_and_keeps_the_place(hand: Hand) -> None:
    """The wrong line costs two touches and no place: same number, same time of arrival."""
    taken = hand.lobby.reception.take("W1", hand.clock()).ticket
    hand.model.read("code", {"text": taken.token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    hand.goes("change", "change")
    hand.goes("service-O1", "number")
    (moved,) = hand.waiting()
    assert (moved.number, moved.service, moved.queue, moved.arrived_at) == ("A001", "O1", "B", taken.arrived_at)
    assert hand.told("note") == "已经换好，位置保留"


def test_a_missed_number_is_restored_with_one_touch(hand: Hand) -> None:
    """The ticket at the scanner, one touch, and it waits again."""
    taken = hand.lobby.reception.take("W1", hand.clock()).ticket
    with elsewhere(hand) as lobby:
        desk, at = lobby.desk(1), hand.clock()
        desk.open(at)
        desk.next(at)
        desk.absent(at)
    hand.model.read("code", {"text": taken.token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    hand.touches("restore")
    hand.qtbot.waitUntil(lambda: hand.told("note") == "已经恢复，请等候叫号")
    assert [ticket.number for ticket in hand.waiting()] == ["A001"]


def test_a_number_is_given_up_only_when_asked_twice(hand: Hand) -> None:
    """One touch asks, the second gives up; going on waiting changes nothing."""
    take(hand)
    hand.goes("cancel", "cancel")
    hand.goes("keep", "number")
    assert len(hand.waiting()) == 1
    hand.goes("cancel", "cancel")
    hand.goes("leave", "home")
    assert (hand.waiting(), hand.told("note")) == ([], "号码已作废，欢迎再来")


def test_a_company_needs_two_touches(hand: Hand) -> None:
    """Its tiles name what to bring, so the second touch draws the number."""
    hand.goes("group-corporate", "group")
    assert [tile["bring"] for tile in hand.told("groupTiles") if tile["name"] == "service-B1"] == ["带：支票、进账单"]
    hand.goes("service-B1", "number")


def test_ways_of_using_the_kiosk_end_with_the_visit(hand: Hand) -> None:
    """Letters, voice, contrast and height hold over the home key, and are as ever for the next customer."""
    hand.goes("access", "access")
    for way in ("large", "voice", "contrast", "low"):
        hand.touches(f"way-{way}")
        hand.qtbot.waitUntil(lambda way=way: way in hand.model.visit.ways)  # type: ignore[misc]  # bound now
    assert hand.told("low")
    assert hand.window.theme.tables["colour"]["paper"] == "#000000"
    hand.goes("home", "home")
    assert hand.told("low")
    ready(hand)
    hand.sees("back")
    assert hand.panel.box("back")[1] > 960
    hand.later(130)
    assert (hand.page, hand.told("low"), hand.window.theme.tables["colour"]["paper"]) == ("home", False, "#F4F6F9")


def test_somebody_with_a_number_finds_its_place(hand: Hand) -> None:
    """A number from the paper shows its place; a wrong one gets a sentence and another try."""
    hand.lobby.reception.take("O1", hand.clock())
    hand.goes("have-number", "enter")
    for key in "B009":
        hand.touches(f"key-{key}")
    hand.goes("next", "trouble")
    assert hand.told("trouble")["sentence"] == "今天没有B\u202f009这个号"
    hand.goes("back", "enter")
    hand.touches("key-delete")
    hand.touches("key-1")
    hand.goes("next", "number")
    assert (hand.told("number")["service"], hand.told("number")["fill"]) == ("开户办卡", True)


def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(hand: Hand) -> None:
    """A wrong card number stays as typed, with a sentence under it, and the page does not go on."""
    take(hand)
    hand.goes("fill", "form")
    hand.types("name", "wang")
    hand.touches("pick-0")
    hand.types("card_no", "6299000000000008")
    hand.touches("next")
    card = hand.told("form")["fields"][1]
    assert (card["value"], card["error"]) == ("6299 0000 0000 0008", "卡号有误，请对照卡面重新核对")
    hand.touches("key-delete")
    assert hand.told("form")["fields"][1]["error"] == ""


def test_what_was_filled_can_be_deleted(hand: Hand) -> None:
    """Deleting my details takes the sealed answers away; the number stays."""
    take(hand)
    fill_small_withdrawal(hand)
    hand.goes("forget", "number")
    hand.qtbot.waitUntil(lambda: hand.told("note") != "")
    assert [ticket.ready for ticket in hand.waiting()] == [False]
    assert (hand.told("note"), hand.model.visit.known) == ("您填的资料已删除", {})


def test_masks_lift_only_while_a_finger_holds(hand: Hand) -> None:
    """The review hides what others could read over a shoulder."""
    take(hand)
    fill_small_withdrawal(hand)
    assert "6299********0007" in [row["masked"] for row in hand.told("review")]
    assert not hand.told("peeked")
    hand.model.peek(on=True)
    assert hand.told("peeked")
    hand.goes("confirm", "number")
    assert not hand.told("peeked")


def test_nobody_there_clears_everything(hand: Hand) -> None:
    """After the warning nothing of the customer is left: no answers, no ticket, the first language."""
    take(hand)
    hand.goes("fill", "form")
    hand.touches("language")
    hand.types("name", "li")
    hand.later(30)
    assert hand.told("warning") == 10
    hand.later(10)
    assert hand.page == "home"
    assert hand.model.typist.filling is None
    assert (hand.model.visit.place, hand.model.visit.language) == (None, "zh")


def test_a_touch_beside_everything_keeps_the_page(hand: Hand) -> None:
    """The warning goes away when anything is touched, and the page behind is as it was."""
    ready(hand)
    hand.later(35)
    hand.touches("continue")
    assert (hand.told("warning"), hand.page) == (0, "ready")


def test_elders_are_not_hurried(hand: Hand) -> None:
    """The large pages wait two minutes before they ask."""
    hand.goes("elder", "elder")
    hand.later(110)  # and the seconds that have passed before
    assert hand.told("warning") == 0


def test_the_page_follows_the_paper(hand: Hand) -> None:
    """What the press commits is said on the number's page without a touch."""
    take(hand)
    assert hand.reads("paper") == "正在打印号票…"
    with elsewhere(hand) as lobby:
        outbox, at = lobby.outbox, hand.clock()
        job = outbox.due("front")
        assert job is not None
        outbox.finish(outbox.begin(job, at), "printed", "", at)
        hand.qtbot.waitUntil(lambda: hand.reads("paper") == "号票已打印，请取走")


def test_a_printer_in_trouble_is_said_with_what_to_do(hand: Hand) -> None:
    """While the printer waits for paper, the customer is asked to note the number."""
    hand.lobby.devices.report("front", "printer", "fault", "out of paper", hand.clock())
    take(hand)
    assert hand.reads("paper") == "打印暂停，请记下或拍下号码"


def test_other_programs_move_the_page(hand: Hand) -> None:
    """A call from a counter appears on the number's page by the bell."""
    take(hand)
    with elsewhere(hand) as lobby:
        desk, at = lobby.desk(1), hand.clock()
        desk.open(at)
        desk.next(at)
        hand.qtbot.waitUntil(lambda: hand.reads("state") == "请马上到 1 号窗口")


@pytest.mark.warns("does not answer")
def test_without_a_store_the_kiosk_is_calm(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that does not answer gives a page that sends people to staff, and home when it answers again."""

    def broken(*_: object) -> list[object]:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(hand.lobby.reception, "offers", broken)
        hand.model.refresh()
        hand.qtbot.waitUntil(lambda: hand.page == "out")
    hand.later(1)
    assert hand.page == "home"


def test_a_ticket_held_to_the_scanner_shows_its_page(hand: Hand) -> None:
    """The code on the paper opens the ticket's page from home, with its form to fill."""
    token = hand.lobby.reception.take("O1", hand.clock()).ticket.token
    hand.model.read("code", {"text": token})
    hand.qtbot.waitUntil(lambda: hand.page == "number")
    assert hand.told("number")["fill"]


def test_a_recognised_customer_is_greeted_without_name_or_level(hand: Hand) -> None:
    """A card known to the branch draws a number of its own line; the glass says neither name nor level."""
    hand.model.read("card", {"segment": "vip"})
    assert hand.told("note") == "已读取银行卡，请选要办的业务"
    hand.goes("service-W1", "number")
    assert [(ticket.number, ticket.segment) for ticket in hand.waiting()] == [("V001", "vip")]


def test_a_recognised_customer_who_walks_away_is_forgotten(hand: Hand) -> None:
    """Nobody else draws a number of the line of somebody who only held a card to the reader."""
    hand.model.read("card", {"segment": "vip"})
    hand.later(40)
    assert hand.model.visit.segment == "ordinary"


def test_a_branch_of_one_language_offers_no_other(
    qtbot: QtBot, branch_folder: Path, tmp_path: Path, at: datetime
) -> None:
    """No key that leads nowhere: the language is offered where there is another one."""
    file = branch_folder / "branch.toml"
    file.write_text(file.read_text("utf-8").replace('languages = ["zh", "en"]', 'languages = ["zh"]', 1), "utf-8")
    with hand_at(qtbot, branch_folder, tmp_path / "one", at) as hand:
        hand.sees("help", "service-M3")
        assert "language" not in hand.panel.items()


def test_lists_are_made_when_their_page_is_shown(hand: Hand) -> None:
    """Services, answers and keys of pages that nobody looks at take no memory, before they are shown and after."""
    lists = ("service-", "way-", "key-")

    def kept() -> list[str]:
        seen = hand.panel.items()
        return [name for name in hand.made() if name.startswith(lists) and name not in seen]

    hand.qtbot.waitUntil(lambda: bool(hand.window.rootObject().property("complete")))
    assert kept() == []
    hand.goes("have-number", "enter")
    hand.goes("home", "home")
    hand.goes("elder", "elder")
    hand.goes("home", "home")
    assert kept() == []
