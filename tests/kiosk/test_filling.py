"""A form in hand, without a window: pages, leaves and what is known already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lobbyline.kiosk import formview
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.inhand import OWN
from lobbyline.lobby.config.folder import Setup

TODAY = date(2026, 11, 23)
CUSTOMER = {
    "name": "张小景",
    "id_type": "居民身份证",
    "id_no": "110000199001010005",
    "id_expiry": "2036-01-01",
    "nationality": "中国",
    "phone": "13800000000",
    "addr": "北京市东城区某某路1号",
    "post": "100000",
    "job": "工人",
    "employer": "景祺商贸有限公司",
    "account_class": "I",
    "card": "是",
    "sms_alert": "是",
}
ABROAD = {
    "tax_res": "3",
    "surname": "ZHANG",
    "given_name": "XIAOJING",
    "birthplace": "中国北京",
    "tax_country": "日本",
    "tin": "123456789012",
}
INVESTOR = {"name": "张小景", "id_no": "110000199001010005"} | {f"risk_q{n}": "B" for n in range(1, 11)}


def begun(setup: Setup, form: str, **answers: str) -> Filling:
    return Filling(form, setup.forms[form], TODAY, "zh", answers).begun()


def filled(filling: Filling, person: dict[str, str]) -> tuple[Filling, list[str]]:
    """A customer fills every empty field from what he knows; the fields he had to write."""
    written: list[str] = []
    for _ in range(40):
        if filling.complete:
            return filling, written
        for name in filling.names:
            if name in person and not filling.answers.get(name):
                filling = filling.at(name).written(person[name])
                written.append(name)
        filling = filling.onward()
    raise AssertionError(filling.checked.errors)


def test_a_datum_is_typed_once_for_all_forms_of_a_business(setup: Setup) -> None:
    """Of the papers for an account, nothing is typed a second time, birth date and address included."""
    written: list[str] = []
    known: dict[str, str] = {}
    for form in setup.branch.services["O1"].forms:
        fields = setup.forms[form].fields
        filling = begun(setup, form, **{name: known[name] for name in fields if name in known})
        filling, typed = filled(filling, CUSTOMER | ABROAD)
        assert filling.checked.ok
        written += typed
        known |= filling.known
    assert {"name", "addr", "tax_country"} <= set(written)
    assert sorted(written) == sorted(set(written))
    assert "birth" not in written


def test_large_letters_leave_room_for_two_fields_a_page(setup: Setup) -> None:
    """What is answered together stays on one page: a second entry, and a card or else an account."""
    pages = {
        name: [names for _, names in Filling(name, form, TODAY, "zh", most=2).pages]
        for name, form in setup.forms.items()
    }
    assert pages["F02"] == [["name"], ["card_no", "acct_no"], ["amt"]]
    assert ["payee_name", "payee_name_again"] in pages["F03"]
    assert max(len(names) for of_form in pages.values() for names in of_form) == 2


def test_a_form_begins_where_something_is_left_to_do(setup: Setup) -> None:
    """Pages whose lines are all known are passed over; the key back still leads to them."""
    filling = begun(setup, "F02", name="张小景", card_no="6299000000000007")
    assert (filling.names, filling.active) == (["amt"], "amt")
    earlier = filling.backward()
    assert earlier is not None
    assert earlier.names == ["name", "card_no", "acct_no"]


def test_a_warning_stands_before_the_first_line(setup: Setup) -> None:
    """The key for going on passes it, and there is no way back behind it."""
    filling = begun(setup, "F03")
    assert filling.warning is not None
    assert filling.backward() is None
    assert filling.onward().warning is None


def test_a_disclosure_is_ticked_after_its_last_leaf(setup: Setup) -> None:
    """Leaf by leaf with the key for going on; before the last one the box takes no tick."""
    filling = begun(setup, "F09", **INVESTOR, product_code="JQ2026001", product_risk="R2")
    assert filling.active == "disclosure_ok"
    assert (filling.shut("disclosure_ok"), filling.chosen("是").answers.get("disclosure_ok")) == (True, None)
    first, filling = filling, filling.onward().onward()
    assert [first.leaf, filling.leaf] == [0, 2]
    assert not filling.shut("disclosure_ok")
    assert not filling.complete
    ticked = filling.chosen("是")
    assert ticked.complete
    assert ticked.checked.answers["disclosure_ok"] == "是"
    assert ticked.chosen("是").answers["disclosure_ok"] == ""


def test_leaves_turn_back_too(setup: Setup) -> None:
    """What was read once stays read."""
    filling = begun(setup, "F09", **INVESTOR, product_code="J", product_risk="R2").onward().onward()
    earlier = filling.backward()
    assert earlier is not None
    assert (earlier.leaf, earlier.shut("disclosure_ok")) == (1, False)


def test_a_tick_without_reading_is_refused_by_the_form_itself(setup: Setup) -> None:
    """Even a kiosk that forgot to shut its box cannot save it."""
    filling = begun(setup, "F09", **INVESTOR, product_code="J", product_risk="R2")
    forced = replace(filling, answers={**filling.answers, "disclosure_ok": "是"})
    assert forced.checked.errors == {"disclosure_ok": "请先读完全部3页"}


def test_a_list_may_be_left_for_own_words(setup: Setup) -> None:
    """An occupation that is not on the list is written; touching the field again brings the list back."""
    filling = begun(setup, "F04").at("job").chosen(OWN)
    assert filling.layout("job") == "pinyin"
    filling = filling.written("灯塔看守")
    assert (filling.checked.answers["job"], filling.shown("job", {})) == ("灯塔看守", "灯塔看守")
    assert filling.at("job").layout("job") == "choice"


def test_a_reader_fills_what_the_form_asks(setup: Setup) -> None:
    """Values of other forms are left alone; a field written over by hand is the customer's again."""
    read = {"name": "张小景", "id_no": "110000199001010005", "addr": "北京", "secret": "x"}
    filling = begun(setup, "F07").taken(read)
    assert filling.answers == {"name": "张小景", "id_no": "110000199001010005"}
    assert filling.tapped == {"name", "id_no"}
    assert filling.at("name").written("张小棋").tapped == {"id_no"}
    assert replace(filling, veiled=frozenset({"name", "phone"})).taken(read).veiled == {"phone"}


def test_a_payee_is_written_twice(setup: Setup) -> None:
    """Once is not enough, another number is told, the same one passes."""
    filling = replace(begun(setup, "F03"), warned=True).at("payee_acct").written("6299010000001234566")
    assert filling.judge().error("payee_acct_again") == "请再输入一次"
    wrong = filling.at("payee_acct_again").written("6299010000001234565")
    assert wrong.error("payee_acct_again") == "两次输入不一致"
    assert filling.at("payee_acct_again").written("6299010000001234566").error("payee_acct_again") == ""
    assert begun(setup, "F03").error("payee_acct_again") == ""


def test_each_part_of_a_form_is_named_once(setup: Setup) -> None:
    """In large letters a part takes several pages; the bar above them stays where it is until the part is done."""
    words = setup.words["zh"]["list"] | setup.words["zh"]["kiosk"]
    filling = replace(begun(setup, "F02"), most=2)
    assert [title.zh for title, _ in filling.pages] == ["从哪个账户", "从哪个账户", "取多少"]
    for page, part in enumerate((0, 0, 1)):
        seen = formview.page(filling.opened(page), "", words)
        assert [(step["title"], step["now"]) for step in seen["steps"]] == [
            ("从哪个账户", part == 0),
            ("取多少", part == 1),
        ]
        assert seen["count"] == f"第{part + 1}步，共2步"
