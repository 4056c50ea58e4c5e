"""The parts of the registration: who complains in which capacity, doubts, titles, classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.codes import REASONS
from branch.complaints.description import Complainant, Matter
from branch.complaints.queries.intake import UsualClasses
from tests.complaints.desk import LOBBY_MANAGER, WHAT
from ui.shell.station import Station
from ui.widgets.intake.classify import Classify
from ui.widgets.intake.draft import Draft
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.person_part import PersonPart
from ui.widgets.intake.read_back import ReadBack

Stations = Callable[[str, str], Station]


@pytest.fixture
def station(station_for: Stations) -> Station:
    return station_for("lobby", LOBBY_MANAGER)


def shown(qtbot: QtBot, part: QWidget) -> None:
    qtbot.addWidget(part)
    part.resize(520, 640)
    part.show()


@pytest.fixture
def person(qtbot: QtBot, station: Station) -> PersonPart:
    part = PersonPart(lambda: station.now().date())
    shown(qtbot, part)
    return part


@pytest.fixture
def matter(qtbot: QtBot, station: Station) -> MatterPart:
    part = MatterPart(station)
    shown(qtbot, part)
    return part


@pytest.fixture
def classes(qtbot: QtBot) -> Classify:
    part = Classify()
    shown(qtbot, part)
    return part


# -- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "seen", "agent", "company"),
    [
        ("self", "", False, False),
        ("guardian", "已看监护关系证明", False, False),
        ("agent", "已看授权委托书原件和受托人证件", True, False),
        ("heir", "已看继承关系证明", False, False),
        ("legal_representative", "", False, True),
    ],
)
def test_each_capacity_asks_for_its_own(
    person: PersonPart, capacity: str, seen: str, agent: bool, company: bool
) -> None:
    person.capacity.combo.choose(capacity)
    assert person.authority.isVisible() is bool(seen)
    if seen:
        assert person.authority.text() == seen
    assert person.agent.isVisible() is agent
    assert person.credit_code.isVisible() is company
    assert person.name.label.text() == ("单位名称" if company else "姓名")


EVERYBODY = [
    Complainant(),
    Complainant(name="陈小梅", phone="13812345172", reply_wish="letter", address="湖滨路 1 号"),
    Complainant(name="陈小梅", document="passport", document_number="E12345678"),
    Complainant(name="陈小梅", capacity="agent", agent="陈大力", agent_phone="139", authority=True),
    Complainant(name="陈小梅", capacity="heir", authority=True, confidential=True),
    Complainant(
        name="星海物业",
        capacity="legal_representative",
        legal_person="孙丽华",
        credit_code="91110000100000001A",
    ),
    Complainant(name="陈小梅", parties=5, representatives=("周建军", "买买提·艾力")),
    Complainant(anonymous=True, reply_wish="none", confidential=True),
    Complainant(anonymous=True, reply_wish="none", parties=3),
]


@pytest.mark.parametrize("who", EVERYBODY, ids=range(len(EVERYBODY)))
def test_a_draft_comes_back_as_it_was(person: PersonPart, who: Complainant) -> None:
    person.fill(EVERYBODY[3])
    person.fill(who)
    assert person.complainant() == who


def test_what_is_not_asked_for_is_not_sent(person: PersonPart) -> None:
    person.fill(EVERYBODY[3])
    person.capacity.combo.choose("self")
    assert person.complainant() == Complainant(name="陈小梅")
    person.anonymous.setChecked(True)
    assert person.complainant().name == ""
    person.anonymous.setChecked(False)
    assert person.complainant().name == "陈小梅"  # ticked by mistake: nothing is gone


def test_doubts_are_told_and_stop_nobody(person: PersonPart) -> None:
    person.name.set_text("陈小梅")
    person.phone.set_text("123456")
    person.number.set_text("110101199003073328")
    for field in (person.phone, person.number):
        field.look()
        assert field.doubt.isVisible()
    assert person.phone.doubt.sentence.text() == "不像手机号，请核对"
    assert "校验位" in person.number.doubt.sentence.text()
    person.capacity.combo.choose("legal_representative")
    person.credit_code.set_text("91110000100000001B")
    person.credit_code.edit.left.emit()
    assert "统一社会信用代码" in person.code_doubt.sentence.text()
    assert person.complete()
    person.document.combo.choose("passport")
    assert not person.number.doubt.isVisible()


def test_only_the_end_of_a_document_is_shown_when_left(person: PersonPart) -> None:
    person.number.set_text("110101199003073327")
    assert person.number.edit.text() == "**** 3327"
    assert "只保存证件号末四位" in person.number_hint.text()
    person.phone.set_text("13812345172")
    assert person.phone.edit.text() == "138****5172"
    person.name.set_text("陈小梅")
    assert person.name.edit.text() == "陈*梅"


def test_a_group_is_told_what_it_is(person: PersonPart) -> None:
    person.set_on_site(True)
    person.group.setChecked(True)
    for typed, told in (("2", ""), ("3", "群体"), ("19", "群体"), ("20", "重大")):
        person.parties.edit.setText(typed)
        person.parties.edit.textEdited.emit(typed)
        assert told in person.group_news.text(), typed
        assert person.group_news.isVisible() is bool(told)
        assert ("3 人以上共同投诉，按紧急办理" in person.group_news.text()) is bool(told)
    person.set_on_site(False)
    assert "群体" in person.group_news.text()
    # A house that does not look at the number says nothing of it.
    person.set_numbers(3, 0)
    assert "群体" in person.group_news.text()
    assert "紧急" not in person.group_news.text()


@pytest.mark.parametrize("typed", ["", "0", "三", "-1", "200000"])
def test_how_many_is_a_number(person: PersonPart, typed: str) -> None:
    person.name.set_text("陈小梅")
    person.group.setChecked(True)
    person.parties.set_text(typed)
    assert not person.complete()
    assert person.parties.error_text() == "人数为 1 到 99999"


@pytest.mark.parametrize(
    ("parties", "names", "text"),
    [
        ("2", "甲、乙、丙", "代表 3 名，多于投诉人数 2，请核对"),
        ("9", "甲、乙、丙、丁、戊、己", "共同投诉最多推选 5 名代表（办法第十二条）"),
    ],
)
def test_how_many_may_speak_for_them_is_said_at_once(
    person: PersonPart, parties: str, names: str, text: str
) -> None:
    person.name.set_text("陈小梅")
    person.group.setChecked(True)
    person.parties.set_text(parties)
    person.representatives.set_text(names)
    assert not person.complete()
    assert person.representatives.error_text() == text
    assert person.parties.error_text() == ""
    assert person.first_wrong() is person.representatives


def test_representatives_come_by_any_comma(person: PersonPart) -> None:
    person.representatives.set_text("周建军、买买提·艾力，Anna Li ; 孙丽华、")
    assert person.heads() == ("周建军", "买买提·艾力", "Anna Li", "孙丽华")


def test_an_agent_has_a_name(person: PersonPart) -> None:
    person.name.set_text("陈小梅")
    person.capacity.combo.choose("agent")
    assert not person.complete()
    assert person.agent.error_text() == "请填写这一项"
    person.capacity.combo.choose("self")
    assert person.complete()


# -- what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ("", ""),
        ("排队近一小时，被提前过号。", "排队近一小时"),
        ("收益 2.1% 与宣传 3.0%–3.6% 不符！", "收益 2.1% 与宣传 3.0%–3.6% 不符"),
        ("手机银行、网上银行都打不开。", "手机银行、网上银行都打不开"),
        ("The fee was 1.50, not 1.20. Nobody said so.", "The fee was 1.50"),
        ("字" * 40, "字" * 23 + "…"),
        ("第一行\n第二行", "第一行"),
    ],
)
def test_a_title_proposes_itself(matter: MatterPart, facts: str, title: str) -> None:
    matter.facts.set_text(facts)
    matter.propose_title()
    assert matter.heading.text() == title


def test_a_title_of_ones_own_stays(matter: MatterPart) -> None:
    matter.facts.set_text("排队近一小时，被提前过号。")
    matter.propose_title()
    matter.facts.set_text("等了很久，被提前过号。")
    matter.propose_title()
    assert matter.heading.text() == "等了很久"
    matter.heading.set_text("过号")
    matter.facts.set_text("别的。")
    matter.propose_title()
    assert matter.heading.text() == "过号"


@pytest.mark.parametrize("day", ["", "2026-11-20", "2026-11-19", "2026-10-01"])
def test_a_matter_comes_back_as_it_was(matter: MatterPart, day: str) -> None:
    kept = replace(
        Matter("标题", "情况", "要求", amount=138_050, incident_place="3 号柜台"), incident_on=day
    )
    matter.fill(kept, frozenset())
    assert matter.matter() == kept
    assert matter.day.isVisible() is (day == "2026-10-01")


def test_a_day_to_come_is_not_taken(matter: MatterPart) -> None:
    matter.fill(Matter("标题", "情况", incident_on="2026-11-21"), frozenset())
    assert not matter.complete()
    assert matter.day.error.sentence.text() == "日期不能晚于今天"


# -- classes --------------------------------------------------------------------------------------


def test_classes_come_back_as_they_were(classes: Classify) -> None:
    kept = replace(
        WHAT, severity="complex", urgency="urgent", sensitivity=frozenset({"media", "legal"})
    )
    classes.fill(kept)
    assert classes.classified(kept) == kept
    classes.fill(Matter("", ""))
    assert classes.classified(Matter("", "")) == Matter("", "")


def test_ranking_keeps_what_is_chosen(classes: Classify) -> None:
    classes.reason.choose("collection_manner")
    ranked = UsualClasses(("mobile",), ("loan",), ("collection_manner", *REASONS[:5]))
    classes.rank(ranked)
    assert classes.reason.code() == "collection_manner"
    assert classes.reason.tiles.offered()[0] == "collection_manner"
    assert classes.reason.tiles.tile("collection_manner").isChecked()


def test_every_class_is_in_the_list(classes: Classify) -> None:
    codes = {classes.reason.all.itemData(at) for at in range(classes.reason.all.count())}
    assert codes == {"-", *REASONS}


def test_a_pressed_class_is_taken_back(classes: Classify, qtbot: QtBot) -> None:
    tile = classes.reason.tiles.tile("service")
    tile.click()
    assert classes.reason.code() == "service"
    tile.click()
    assert classes.reason.code() == ""


def test_sold_for_others_is_ours(classes: Classify) -> None:
    assert not classes.agency_hint.isVisible()
    classes.biz_class.all.choose("agency")
    classes.biz_class.all.activated.emit(0)
    assert classes.agency_hint.isVisible()


# -- reading back -------------------------------------------------------------------------------


def test_what_is_of_the_house_is_not_read_out(qtbot: QtBot, station: Station) -> None:
    page = ReadBack(station)
    shown(qtbot, page)
    delicate = replace(
        WHAT, severity="major", urgency="urgent", sensitivity=frozenset({"violence"})
    )
    page.show_draft(Draft(who=Complainant("陈小梅", "02087654321"), matter=delicate), (), {})
    said = " ".join(f"{name} {value}" for name, value in page.rows.items())
    for word in ("重大", "紧急", "过激", "回避"):
        assert word not in said
    assert page.rows["电话"] == "020 8765 4321"
