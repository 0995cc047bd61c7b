"""Forms of the sample branch, filled in rightly and wrongly: what is asked, what is said, what follows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline import ASSETS
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.forms.conventions import Conventions
from lobbyline.lobby.forms.form import Checked

TODAY = date(2026, 11, 23)
FORMS = load(ASSETS / "branches" / "jingqi-street").forms

PERSON = {"name": "张小景", "id_type": "居民身份证", "id_no": "110000199001010005", "id_expiry": "2036-01-01"}
CARD, ACCOUNT, PHONE = "6299000000000007", "1100200030004000", "13800000000"
AGENT = {"agent_name": "李小祺", "agent_id_no": "51000019851231000X", "agent_relation": "配偶"}
RIGHT: dict[str, dict[str, str]] = {
    "F01": {"name": "张小景", "card_no": CARD, "amt": "3000"},
    "F02": {"name": "张小景", "card_no": CARD, "amt": "3000"},
    "F03": {
        "name": "张小景",
        "card_no": CARD,
        "phone": PHONE,
        "payee_name": "李小祺",
        "payee_acct": "6299010000001234566",
        "payee_bank": "某某银行北京分行",
        "amt": "1,680.32",
    },
    "F04": {
        **PERSON,
        "nationality": "中国",
        "phone": PHONE,
        "addr": "北京市东城区某某路1号",
        "job": "教师",
        "account_class": "I",
    },
    "F05": {"name": "张小景", "tax_res": "1"},
    "F06": {**PERSON, "loss_kind": "书面", "loss_what": "卡", "card_no": "不记得"},
    "F07": {
        "name": "张小景",
        "id_no": "110000199001010005",
        "card_no": CARD,
        "phone": PHONE,
        "channels": "手机,短信",
        "limit_tx": "5000",
        "limit_day": "20000",
    },
    "F08": {
        "name": "张小景",
        "id_no": "110000199001010005",
        "phone": PHONE,
        "card_no": CARD,
        "biller": "水费",
        "biller_no": "1000200030",
    },
    "F09": {
        "name": "张小景",
        "id_no": "110000199001010005",
        **{f"risk_q{number}": "B" for number in range(1, 11)},
        "disclosure_ok": "是",
    },
    "F10": {
        "payer_name": "景祺商贸有限公司",
        "payer_acct": ACCOUNT,
        "payer_bank": "某某银行北京分行",
        "payee_name": "祺街服务有限公司",
        "payee_acct": "1100200030005000",
        "payee_bank": "景祺街支行",
        "amt": "18000",
        "cheque_no": "1020113000000001",
        "issue_date": "贰零贰陆年壹拾壹月零贰拾日",
    },
    "F11": {
        "urgency": "普通",
        "org_name": "景祺商贸有限公司",
        "acct_no": ACCOUNT,
        "payee_name": "祺街服务有限公司",
        "payee_acct": "1100200030005000",
        "payee_bank": "某某银行上海分行",
        "payee_city": "上海市",
        "amt": "18000",
        "purpose": "货款",
    },
}


def check(form: str, *, language: str = "zh", **changes: str) -> Checked:
    """A rightly filled form with some answers changed."""
    return FORMS[form].check(RIGHT[form] | changes, TODAY, language=language)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_right_form_is_right(form: str) -> None:
    """Every form of the sample branch can be filled in."""
    assert check(form).errors == {}
    assert check(form).ok


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_required_field_is_missed(form: str) -> None:
    """Nothing written: each required field that is asked says so, and the form is not right."""
    checked = FORMS[form].check({}, TODAY)
    required = {name for name in checked.asked if FORMS[form].fields[name].required}
    usual = {name for name in required if FORMS[form].fields[name].usual}
    assert not checked.ok
    assert required - usual <= set(checked.errors)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_pages_hold_every_field_once(form: str) -> None:
    """The pages together are the form, with at most four fields to fill on each."""
    pages = [fields for _, _, fields in FORMS[form].pages()]
    assert sorted(name for page in pages for name in page) == sorted(FORMS[form].fields)
    assert all(sum(field.kind != "derived" for field in page.values()) <= 4 for page in pages)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_examples_would_be_accepted(form: str) -> None:
    """What stands as an example under a label is a right answer itself."""
    examples = {
        name: field.example.split(" / ")[0]
        for name, field in FORMS[form].fields.items()
        if field.example and field.kind not in {"id", "date"}
    }
    wrong = FORMS[form].check(RIGHT[form] | examples, TODAY).errors
    assert {name: wrong[name] for name in examples if name in wrong} == {}


def test_up_to_50000_no_id_is_asked() -> None:
    """50,000 exactly needs no ID; an ID that was typed anyway is not kept."""
    checked = check("F02", amt="50,000", id_no="nonsense")
    assert checked.ok
    assert checked.asked == ["name", "card_no", "acct_no", "amt"]
    assert checked.answers == {"name": "张小景", "card_no": CARD, "amt": "50000"}
    assert checked.derived == {"amt_cap": "人民币伍万元整"}


def test_above_50000_the_id_is_asked() -> None:
    """One fen more, and the original ID is asked for."""
    checked = check("F02", amt="50000.01")
    assert checked.errors == {"id_type": "超过5万元请出示身份证原件", "id_no": "超过5万元请出示身份证原件"}
    assert check("F02", **(PERSON | {"amt": "50000.01"})).ok


def test_a_wrong_amount_asks_for_no_id() -> None:
    """While the amount is wrong nobody is bothered about an ID."""
    checked = check("F02", amt="1e5")
    assert checked.errors == {"amt": "请输入大于0、最多两位小数的金额"}
    assert checked.derived == {}


def test_card_or_account_is_enough() -> None:
    """A withdrawal needs a card or a passbook."""
    assert check("F02", card_no="", acct_no=ACCOUNT).ok
    assert check("F02", card_no="").errors == {"card_no": "请填写卡号或账号"}


def test_a_wrong_card_is_one_mistake() -> None:
    """A wrong card number is not also a missing one."""
    assert check("F02", card_no="6299000000000008").errors == {"card_no": "卡号有误，请对照卡面重新核对"}


def test_an_old_card_is_pointed_out_and_let_pass() -> None:
    """A card of 9… that fails the check digit gets a note."""
    checked = check("F02", card_no="9559980000000001")
    assert checked.ok
    assert checked.notes == {"card_no": "旧卡号无法自动核对，请对照卡面"}


def test_an_expired_id_is_told() -> None:
    """The number can be drawn all the same: the sentence says so."""
    checked = check("F02", **(PERSON | {"amt": "60000", "id_expiry": "2026-11-22"}))
    assert checked.errors == {"id_expiry": "证件已过期，仍可取号，请先咨询大堂经理"}
    assert check("F02", **(PERSON | {"amt": "60000", "id_expiry": "2026-11-23"})).ok


def test_a_passport_has_another_number() -> None:
    """The number is judged as the type of paper says."""
    assert check("F02", amt="60000", id_type="护照", id_no="e12345678").answers["id_no"] == "E12345678"
    wrong = check("F02", amt="60000", id_type="居民身份证", id_no="E12345678")
    assert wrong.errors == {"id_no": "应为18位，您输入了9位"}


def test_the_currency_is_usually_renminbi() -> None:
    """What is nearly always so needs no touch."""
    assert check("F01").answers["ccy"] == check("F01", ccy="").answers["ccy"] == "CNY"
    assert check("F01", ccy="XYZ").errors == {"ccy": "请从CNY、USD、EUR、GBP、HKD、JPY中选择"}


def test_an_agent_is_whole_or_absent() -> None:
    """Whoever begins to name an agent names all of it."""
    large = PERSON | {"amt": "60000"}
    assert check("F01", **large).ok
    assert check("F01", **(large | AGENT)).ok
    assert check("F01", **(large | {"agent_name": "李小祺"})).errors == {
        "agent_id_no": "请填写代理人证件号码",
        "agent_relation": "请填写与本人关系",
    }


def test_an_agent_is_somebody_else() -> None:
    """The customer cannot be the own agent."""
    same = PERSON | {"amt": "60000"} | AGENT | {"agent_id_no": PERSON["id_no"]}
    assert check("F01", **same).errors == {"agent_id_no": "代理人证件号码不能与证件号码相同"}


def test_a_payee_typed_twice_is_compared() -> None:
    """Sign by sign, and only where the face asks a second time."""
    assert check("F03", payee_acct_again="6299010000001234566").ok
    assert check("F03", payee_acct_again="6299010000001234565").errors == {"payee_acct": "两次输入不一致"}
    assert check("F03", payee_name_again="李小棋").errors == {"payee_name": "两次输入不一致"}


def test_amounts_are_kept_without_commas() -> None:
    """What was typed with commas is kept as plain digits, and follows in capitals."""
    checked = check("F03")
    assert checked.answers["amt"] == "1680.32"
    assert checked.derived == {"amt_cap": "人民币壹仟陆佰捌拾元零叁角贰分"}


def test_an_amount_may_stand_in_capitals() -> None:
    """As a company's own slip has it, in any spelling that is permitted; kept in figures like every other."""
    checked = check("F10", amt="壹萬捌仟元正")
    assert (checked.answers["amt"], checked.derived["amt_cap"]) == ("18000", "人民币壹万捌仟元整")
    assert check("F10", amt="壹万捌佰仟元").errors == {"amt": "大写金额书写有误，请核对"}


def test_a_purpose_has_at_most_60_characters() -> None:
    """Too long a text is told with its length."""
    assert check("F03", purpose="房" * 60).ok
    assert check("F03", purpose="房" * 61).errors == {"purpose": "应为1–60个字，您输入了61个字"}


def test_control_characters_do_not_get_in() -> None:
    """Nothing that could steer a printer or a board is accepted as text."""
    assert check("F03", purpose="房租\x1b@").errors == {"purpose": "含有不能打印的字符，请重新输入"}


def test_gender_and_birth_follow_from_the_id() -> None:
    """They are worked out, never typed."""
    assert check("F04").derived == {"gender": "女", "birth": "1990-01-01"}
    assert check("F04", id_type="护照", id_no="E12345678").derived == {}


def test_a_child_comes_with_a_guardian() -> None:
    """Under 16 the guardian is asked for; on the sixteenth birthday no more."""
    child = {"id_type": "户口簿", "id_no": "110000201011240007", "id_expiry": "长期"}
    assert sorted(check("F04", **child).errors) == ["agent_id_no", "agent_id_type", "agent_name", "agent_relation"]
    assert check("F04", **child, **AGENT, agent_id_type="居民身份证").ok
    grown = child | {"id_no": "110000201011230001"}
    assert "agent_name" not in check("F04", **grown).asked


def test_an_unlikely_term_is_pointed_out() -> None:
    """An ID for ever at 36 is let pass with a note; one for twenty years from 26 on needs none."""
    assert check("F04").notes == {}
    checked = check("F04", id_expiry="长期")
    assert checked.ok
    assert checked.notes == {"id_expiry": "有效期与年龄不相符，请核对"}


def test_who_does_not_remember_the_card_says_so() -> None:
    """A lost card's number may be unknown, but not left out."""
    assert check("F06").answers["card_no"] == "不记得"
    assert check("F06", card_no="").errors == {"card_no": "请填写卡号"}


def test_nothing_was_lost_tomorrow() -> None:
    """A date that must have been cannot lie ahead."""
    assert check("F06", loss_time="2026-11-24").errors == {"loss_time": "丢失日期晚于今天，请核对"}


def test_one_payment_stays_within_the_day() -> None:
    """One payment may be as much as the day, and both as much as the bank allows; not a fen more."""
    assert check("F07", limit_tx="20000").ok
    assert check("F07", limit_day="200000").ok
    assert check("F07", limit_tx="20000.01").errors == {"limit_tx": "单笔限额不能高于日累计限额"}
    assert check("F07", limit_day="200000.01").errors == {"limit_day": "日累计限额不能超过200000元"}


def test_several_channels_are_chosen() -> None:
    """Several choices are kept in the order chosen, each once; another word is told."""
    assert check("F07", channels="短信、手机，短信").answers["channels"] == "短信,手机"
    assert check("F07", channels="手机，电报").errors == {"channels": "请从手机、网银、电话、短信中选择"}


def test_each_supplier_has_its_own_numbers() -> None:
    """Thirteen digits are an electricity customer, not a water customer."""
    assert check("F08", biller="电费", biller_no="1000200030004").ok
    assert check("F08", biller="水费", biller_no="1000200030004").errors == {"biller_no": "户号有误，请核对"}


def test_a_cheque_is_presented_within_ten_days() -> None:
    """The 20th was the last day for the 10th; the 21st, a Saturday, moved to today; tomorrow has not come."""
    assert check("F10", issue_date="2026-11-23").ok
    assert check("F10", issue_date="2026-11-11").answers["issue_date"] == "2026-11-11"
    assert check("F10", issue_date="2026-11-10").errors == {"issue_date": "支票已超过提示付款期（自出票日起10日）"}
    assert check("F10", issue_date="2026-11-24").errors == {"issue_date": "出票日期晚于今天，请核对"}


def test_a_cheque_number_has_16_digits() -> None:
    """Fifteen are told with their count."""
    assert check("F10", cheque_no="102011300000001").errors == {"cheque_no": "应为16位，您输入了15位"}


def test_sentences_come_in_english_too() -> None:
    """Who chose English at the kiosk reads English."""
    assert check("F02", language="en", card_no="123", amt="").errors == {
        "card_no": "A card number has 16 to 19 digits",
        "amt": "Please fill this in",
    }


ABROAD = {
    "tax_res": "2",
    "surname": "Zhang",
    "given_name": "Xiaojing",
    "birth": "1990-01-01",
    "addr": "北京市东城区某某路1号",
    "birthplace": "中国北京",
    "tax_country": "日本",
    "tin": "123456789012",
}


def test_resident_only_here_says_no_more() -> None:
    """Who is resident for tax in China alone fills two lines."""
    assert check("F05").asked == ["name", "tax_res"]


@pytest.mark.parametrize("answer", ["2", "3"])
def test_resident_elsewhere_says_where(answer: str) -> None:
    """Name in Latin letters, birth, address, birthplace, and a number for each country or why there is none."""
    assert check("F05", **ABROAD | {"tax_res": answer}).ok
    assert list(check("F05", tax_res=answer).errors) == [*list(ABROAD)[1:]]
    no_number = ABROAD | {"tin": "", "tin_reason": "不发放"}
    assert check("F05", **no_number).ok
    assert check("F05", **no_number | {"tin_reason": ""}).errors == {"tin": "请填写纳税人识别号或没有识别号的原因"}


def test_a_second_country_has_its_own_number() -> None:
    """Further countries are asked for when there are any, a country of any name among them."""
    assert sorted(check("F05", **ABROAD, more_countries="一个").errors) == ["tax_country_2", "tin_2"]
    assert check("F05", **ABROAD, more_countries="一个", tax_country_2="冰岛", tin_2="1201743399").ok
    assert "tax_country_3" in check("F05", **ABROAD, more_countries="两个").asked


@pytest.mark.parametrize(
    ("typed", "kept"), [("Zhang", "ZHANG"), ("o'brien-lee", "O'BRIEN-LEE"), ("van  der", "VAN DER")]
)
def test_latin_letters_as_in_a_passport(typed: str, kept: str) -> None:
    """Small letters become capitals; hyphen, apostrophe and single blanks stay."""
    assert check("F05", **ABROAD | {"surname": typed}).answers["surname"] == kept


def test_hanzi_are_no_latin_letters() -> None:
    """The customer is told what to write instead."""
    assert check("F05", **ABROAD | {"surname": "张"}).errors == {"surname": "请用拼音或英文字母填写"}


@pytest.mark.parametrize(
    ("answer", "score", "level"), [("A", "0", "C1"), ("B", "30", "C2"), ("C", "60", "C4"), ("D", "100", "C5")]
)
def test_answers_make_a_level(answer: str, score: str, level: str) -> None:
    """Points add up, and the highest level reached is the result."""
    checked = check("F09", **{f"risk_q{number}": answer for number in range(1, 11)})
    assert (checked.derived["risk_score"], checked.derived["risk_level"]) == (score, level)
    assert (checked.derived["birth"], checked.derived["age"]) == ("1990-01-01", "36")


def test_a_question_left_out_makes_no_level() -> None:
    """A result from nine of ten answers would be none."""
    checked = check("F09", risk_q7="")
    assert checked.errors == {"risk_q7": "请选一个答案"}
    assert "risk_level" not in checked.derived


def test_a_product_may_not_be_riskier_than_its_buyer() -> None:
    """R above C is refused with both named; R at C or below goes through, with its code."""
    assert check("F09", product_code="JQ2026001", product_risk="R2").ok
    assert check("F09", product_code="JQ2026001", product_risk="R4").errors == {
        "product_risk": "产品风险等级R4高于您的评估结果C2，不能继续"
    }
    assert check("F09", product_risk="R1").errors == {"product_code": "请填写产品代码"}


@pytest.mark.parametrize("ticked", ["是", "yes", "true", "1"])
def test_a_tick_is_kept_as_one_word(ticked: str) -> None:
    """However a program writes it."""
    assert check("F09", disclosure_ok=ticked).answers["disclosure_ok"] == "是"


@pytest.mark.parametrize("ticked", ["", "否", "false", "maybe"])
def test_without_the_disclosure_nothing_goes_on(ticked: str) -> None:
    """A risk that was not read is not taken."""
    assert check("F09", disclosure_ok=ticked).errors == {"disclosure_ok": "请读完风险揭示书后勾选"}


def test_the_disclosure_was_shown_to_its_last_page() -> None:
    """A face that counts what it showed must have shown all of it."""
    assert check("F09", disclosure_ok_read="3").ok
    assert check("F09", disclosure_ok_read="2").errors == {"disclosure_ok": "请先读完全部3页"}


def test_from_65_on_there_is_one_more_page() -> None:
    """On the birthday itself; the day before it is not asked."""
    older = {"id_no": "110000196111230005"}
    assert check("F09", **older).errors == {"elder_ok": "请阅读后勾选"}
    assert check("F09", **older, elder_ok="是").ok
    assert "elder_ok" not in check("F09", id_no="110000196111240000").asked


def test_urgency_is_for_wires_alone() -> None:
    """No other form asks for it."""
    assert [name for name, form in FORMS.items() if "urgency" in form.fields] == ["F11"]


def test_zheng_after_jiao_is_the_branchs_choice() -> None:
    """The capitals of an amount that ends in 角 follow the setting."""
    answers = RIGHT["F02"] | {"amt": "1409.50"}
    either = (Conventions(zheng_after_jiao=choice) for choice in (False, True))
    plain, closed = (FORMS["F02"].check(answers, TODAY, conventions) for conventions in either)
    assert (plain.derived["amt_cap"], closed.derived["amt_cap"]) == (
        "人民币壹仟肆佰零玖元伍角",
        "人民币壹仟肆佰零玖元伍角整",
    )


def test_a_holiday_moves_the_end_of_a_cheques_period() -> None:
    """With the last day and the two after it at rest, the cheque is still good."""
    answers = RIGHT["F10"] | {"issue_date": "2026-11-10"}
    rest = Conventions(holidays={date(2026, 11, 20)})
    assert FORMS["F10"].check(answers, TODAY, rest).ok


def test_the_same_id_is_the_same_datum() -> None:
    """A field that stands on several forms is of one kind, so that it is typed once for all of them."""
    kinds: dict[str, set[str]] = {}
    for form in FORMS.values():
        for name, field in form.fields.items():
            kinds.setdefault(name, set()).add(field.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {"birth": {"derived", "date"}}


fields = sorted({name for form in FORMS.values() for name in form.fields} | {"payee_acct_again", "nonsense"})
typed = st.one_of(
    st.text(max_size=24),
    st.text("0123456789.,-X·", max_size=20),
    st.sampled_from(["长期", "不记得", "60000", "2026-01-15", "居民身份证", "户口簿", "110000201011240007", CARD]),
)


@settings(max_examples=300)
@given(form=st.sampled_from(sorted(FORMS)), answers=st.dictionaries(st.sampled_from(fields), typed))
def test_whatever_is_typed_gets_an_answer(form: str, answers: dict[str, str]) -> None:
    """Any text in any field is judged without a crash, errors name fields of the form, and ok means no error."""
    checked = FORMS[form].check(answers, TODAY)
    assert checked.ok == (not checked.errors)
    assert set(checked.errors) <= set(checked.asked) <= set(FORMS[form].fields)


@settings(max_examples=300)
@given(form=st.sampled_from(sorted(FORMS)), answers=st.dictionaries(st.sampled_from(fields), typed))
def test_kept_answers_are_judged_the_same(form: str, answers: dict[str, str]) -> None:
    """What was accepted once is accepted again in the form it is kept: a page may be opened and closed at will."""
    kept = FORMS[form].check(answers, TODAY).answers
    assert kept.items() <= FORMS[form].check(kept, TODAY).answers.items()
