"""Signing in who needs more than a name: children, announced visitors, goods; rare purposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.visitors.commands.register import Expect
from branch.visitors.details import Details
from branch.visitors.queries.register import visitor_line
from tests.ui.visitors.form_desk import CHILD, GROWN_UP, GUARD, NOW, Desk, Run
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

TAB = Qt.Key.Key_Tab


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def desk(qtbot: QtBot, station_for: Callable[[str, str], Station], other: Branch, run: Run) -> Desk:
    """The form at the guard's desk."""
    return Desk(qtbot, station_for("register", GUARD), other, run)


def host_of(desk: Desk) -> int:
    return next(host.id for host in desk.details.host.colleagues() if host.staff_no == "100301")


# -- children -----------------------------------------------------------------------------------


def test_under_14_a_guardian_agrees_separately(desk: Desk) -> None:
    desk.fill()
    desk.details.number.edit.setFocus()
    desk.type(CHILD)
    desk.key(TAB)
    assert desk.details.minor.isChecked()
    assert desk.details.guardian.isVisible()
    desk.send()
    desk.until_error("guardian")
    assert desk.details.guardian.error_text() == "未满 14 周岁，请填写监护人姓名"
    desk.details.guardian.set_text("孙建国")
    desk.send()
    desk.qtbot.waitUntil(desk.details.consent_error.isVisible, timeout=5000)
    assert "监护人同意" in desk.details.consent_error.sentence.text()
    desk.press(desk.details.consent)
    desk.send()
    desk.until_noted()
    assert desk.only().has_guardian
    assert desk.column("consent_at") == [NOW]


def test_a_corrected_number_takes_the_minor_back(desk: Desk) -> None:
    number = desk.details.number
    number.edit.setFocus()
    desk.type(CHILD)
    desk.key(TAB)
    assert desk.details.minor.isChecked()
    number.edit.setFocus()
    number.edit.selectAll()
    desk.type(GROWN_UP)
    desk.key(TAB)
    assert not desk.details.minor.isChecked()
    assert not desk.details.guardian.isVisible()


def test_who_does_not_sign_agrees_by_word_and_by_key(desk: Desk) -> None:
    desk.fill()
    box = desk.notice.signature
    box.spoken_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert box.spoken_words.text() == "来访者口头同意"
    assert box.pad.accessibleDescription() == "来访者口头同意"
    assert desk.at() is box.again_button
    desk.send()
    desk.until_noted()
    assert desk.column("consent_at") == [NOW]
    assert not desk.only().has_signature


def test_a_child_is_found_out_while_the_number_is_still_being_typed(desk: Desk) -> None:
    desk.fill()
    desk.details.number.edit.setFocus()
    desk.type(CHILD)
    desk.key(Qt.Key.Key_Return, with_ctrl=True)
    desk.until_error("guardian")
    assert desk.register().inside == ()


# -- announced visitors ---------------------------------------------------------------------------


def announce(desk: Desk, **more: str) -> int:
    details = Details(
        "周建军", "安达设备维保", host_of(desk), "maintenance", "machine_area", **more
    )
    return int(desk.by(GUARD, Expect(details, NOW + 3_600_000)))


def test_an_announced_visitor_keeps_what_was_announced(desk: Desk) -> None:
    identity = announce(desk, matter="自助机月检", phone="13812345172", plate="浙A12345")
    line = visitor_line(desk.other.store, identity)
    assert line is not None
    desk.form.fill_from(line)
    details = desk.details
    assert details.name.text() == ""
    assert details.name.edit.placeholderText() == "周*军，按预约"
    assert details.phone.edit.placeholderText() == "138****5172，按预约"
    assert details.unit.text() == "安达设备维保"
    assert details.purpose.code() == "maintenance"
    assert details.host.text() == "李静 大堂经理"
    desk.press(desk.notice.told)
    desk.send()
    desk.until_noted()
    assert desk.form.outcome.sentence.text() == "V-01 已发给 周*军，请带到自助区"
    noted = desk.only()
    assert noted.id == identity
    assert (noted.shown_name, noted.shown_phone, noted.matter) == (
        "周*军", "138****5172", "自助机月检",
    )  # fmt: skip
    assert noted.has_plate


def test_what_is_typed_anew_takes_the_place_of_the_announced(desk: Desk) -> None:
    line = visitor_line(desk.other.store, announce(desk, phone="13812345172"))
    assert line is not None
    desk.form.fill_from(line)
    desk.press(desk.notice.told)
    desk.details.name.set_text("何平")
    desk.details.phone.edit.setFocus()
    desk.type("13700001111")
    desk.send()
    desk.until_noted()
    assert (desk.only().shown_name, desk.only().shown_phone) == ("何*", "137****1111")


# -- the rest -------------------------------------------------------------------------------------


def test_the_rare_purposes_stand_behind_more(desk: Desk) -> None:
    purpose = desk.details.purpose
    desk.press(purpose.segments.segment("more"))
    assert purpose.menu.isVisible()
    assert purpose.code() == "business"
    QTest.keyClick(purpose.menu, Qt.Key.Key_Down)
    QTest.keyClick(purpose.menu, Qt.Key.Key_Return)
    assert purpose.code() == "cash"
    assert purpose.segments.segment("more").text() == "押运"
    assert purpose.segments.segment("more").isChecked()
    purpose.choose("interview")
    assert purpose.segments.segment("more").text() == "更多"


def test_the_next_badge_stands_in_the_head(desk: Desk) -> None:
    assert desk.form.next_badge.text() == "访客牌 V-01"
    desk.form.set_next_badge("")
    assert desk.form.next_badge.text() == "访客牌已发完"


def test_goods_and_vehicle_are_folded_until_needed(desk: Desk) -> None:
    assert not desk.details.goods.isVisible()
    desk.press(desk.details.goods_button)
    assert desk.details.goods.isVisible()
    desk.fill(goods="笔记本电脑", plate="浙a12345")
    desk.send()
    desk.until_noted()
    assert desk.only().goods == "笔记本电脑"
    (sealed,) = desk.column("plate")
    assert desk.other.store.sealer.open(sealed, "visitor.plate") == "浙A12345"


def test_the_whole_form_is_in_sight_at_its_size_and_scrolls_below(desk: Desk) -> None:
    bar = desk.form.area.verticalScrollBar()
    desk.qtbot.waitUntil(lambda: bar.maximum() == 0, timeout=5000)
    desk.window.resize(404, 640)
    desk.qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=5000)
    assert desk.form.submit_button.isVisible()
    assert desk.notice.told.isVisible()
