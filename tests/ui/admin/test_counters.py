"""Counters: a new one, names, break and services; what is refused stands at its field."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import Counter, counters
from tests.ui.admin.conftest import (
    LOBBY_MANAGER,
    MANAGER,
    SUPERVISOR,
    OpenAdmin,
    press,
    toasts,
    write,
)
from ui.admin.counters_page import CountersPage
from ui.admin.window import AdminWindow


def page_of(window: AdminWindow) -> CountersPage:
    page = window.pages["counters"]
    assert isinstance(page, CountersPage)
    return page


def stored(other: Branch, number: int) -> Counter | None:
    return next((c for c in counters(other.store) if c.number == number), None)


def test_a_counter_is_added_with_its_services(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("counters", MANAGER)
    page = page_of(window)
    press(page.add)
    assert page.number.edit.hasFocus()
    write(page.number, "12")
    write(page.zh, "贵宾室")
    write(page.en, "VIP room")
    write(page.planned_break, "12：00－12：30")
    group, turn = next(iter(page.ticks.turns.items()))
    press(turn)
    press(page.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    made = stored(other, 12)
    assert made is not None
    assert (made.name.zh, made.name.en, made.planned_break) == ("贵宾室", "VIP room", "12:00-12:30")
    assert made.services == page.ticks.ticked()
    assert made.services
    assert group == "cash"
    qtbot.waitUntil(lambda: page.list.current() == "12")
    qtbot.waitUntil(lambda: page.title.text() == "12 号柜台 贵宾室")


@pytest.mark.parametrize(
    ("number", "pause", "field", "sentence"),
    [
        ("0", "", "number", "柜台号为 1 到 99"),
        ("100", "", "number", "柜台号为 1 到 99"),
        ("", "", "number", "请填写这一项"),
        ("三", "", "number", "柜台号为 1 到 99"),
        ("1", "", "number", "1 号柜台已经有了"),
        ("13", "13:00-12:00", "planned_break", "时间段请写成 11:30-12:10"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field(
    qtbot: QtBot, admin: OpenAdmin, number: str, pause: str, field: str, sentence: str
) -> None:
    page = page_of(admin("counters"))
    press(page.add)
    write(page.number, number)
    write(page.planned_break, pause)
    press(page.bar.save)
    place = getattr(page, field)
    qtbot.waitUntil(lambda: place.error_text() == sentence)
    assert (page.number.text(), page.planned_break.text()) == (number, pause)


def test_the_administrator_names_counters_and_leaves_services_alone(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("counters")
    page = page_of(window)
    before = stored(other, 1)
    assert before is not None
    assert not page.ticks.isVisible()
    assert page.ticks_title.text() == "能办的业务由大堂经理、运营主管或网点负责人设置"
    assert page.offered.text().startswith("个人存款、个人取款、")
    write(page.zh, "快办")
    press(page.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    after = stored(other, 1)
    assert after is not None
    assert (after.name.zh, after.services) == ("快办", before.services)
    qtbot.waitUntil(lambda: page.list.item(0).text() == "1 号柜台 快办")


@pytest.mark.parametrize("account", [MANAGER, SUPERVISOR, LOBBY_MANAGER])
def test_services_are_changed(qtbot: QtBot, admin: OpenAdmin, other: Branch, account: str) -> None:
    window = admin("counters", account)
    page = page_of(window)
    named = account != LOBBY_MANAGER
    assert (page.add.isVisible(), page.zh.isVisible()) == (named, named)
    before = stored(other, 1)
    assert before is not None
    code = sorted(before.services)[0]
    press(page.ticks.rows[code])
    press(page.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["已保存"])
    after = stored(other, 1)
    assert after is not None
    assert after.services == before.services - {code}
