"""The page of priority classes: presets, limits, and the sentence that customers are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.commands import ChangeClass
from branch.catalogue.queries import priority_classes
from branch.kernel.journal import entries
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.slip import slip
from reports.forms.ticket import ticket_pdf
from tests.reports.paper import packed, text_by_pypdf
from tests.ui.admin.conftest import OpenAdmin, press, toasts, write
from ui.admin.classes_page import ClassesPage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.ticket_printing import ticket_form

StationFor = Callable[[str, str], Station]
Run = Callable[[str, str, object], Any]


@pytest.fixture
def window(admin: OpenAdmin) -> AdminWindow:
    """The administrator's settings, opened at the priority classes."""
    return admin("classes")


def page_of(window: AdminWindow) -> ClassesPage:
    page = window.pages["classes"]
    assert isinstance(page, ClassesPage)
    return page


def stored(other: Branch) -> dict[str, tuple[int, int]]:
    return {item.code: (item.credit, item.target) for item in priority_classes(other.store)}


def save(qtbot: QtBot, window: AdminWindow) -> None:
    """Press 保存 and wait for the toast."""
    before = len(toasts(window))
    press(page_of(window).bar.save)
    qtbot.waitUntil(lambda: len(toasts(window)) > before)


def changes(other: Branch) -> list[str]:
    return [e.subject for e in entries(other.store) if e.what == "catalogue.class_changed"]


def test_the_sentence_tells_the_numbers_in_force(window: AdminWindow) -> None:
    assert page_of(window).preview.text() == (
        "老年客户按提前30分钟到达排序；比您晚到45分钟以上的客户，不会先于您办理同一业务。"
    )


def test_the_sentence_in_english(qtbot: QtBot, window: AdminWindow) -> None:
    language().choose("en")
    qtbot.waitUntil(lambda: page_of(window).preview.text().startswith("Elderly customers"))
    assert "30 minutes earlier; nobody who comes more than 45 minutes" in (
        page_of(window).preview.text()
    )


@pytest.mark.parametrize(
    ("preset", "told", "credits"),
    [
        (
            "strong",
            "老年客户按提前120分钟到达排序；比您晚到120分钟以上的客户，不会先于您办理同一业务。",
            {"assisted": 120, "pregnant_or_infant": 120, "elderly": 120, "appointment": 60,
             "vip": 10, "corporate": 10, "ordinary": 0},
        ),
        (
            "arrival",
            "同一业务按取号先后叫号。各柜台能办的业务不同。",
            dict.fromkeys(
                ("assisted", "pregnant_or_infant", "elderly", "military", "appointment", "vip",
                 "corporate", "ordinary"), 0
            ),
        ),
    ],
)  # fmt: skip
def test_a_preset_fills_the_form_and_saving_makes_it_law(
    qtbot: QtBot,
    window: AdminWindow,
    other: Branch,
    preset: str,
    told: str,
    credits: dict[str, int],
) -> None:
    page, before = page_of(window), stored(other)
    press(page.presets[preset])
    assert page.preview.text() == told
    assert stored(other) == before  # a preset alone changes nothing
    save(qtbot, window)
    after = stored(other)
    assert {code: after[code][0] for code in credits} == credits
    assert {code: after[code][1] for code in after} == {c: before[c][1] for c in before}


def test_back_to_the_default(qtbot: QtBot, window: AdminWindow, other: Branch) -> None:
    before = stored(other)
    press(page_of(window).presets["strong"])
    save(qtbot, window)
    assert stored(other) != before
    press(page_of(window).presets["default"])
    assert "提前30分钟" in page_of(window).preview.text()
    qtbot.keyClick(page_of(window).credits["elderly"].edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(other) == before)


def test_the_ticket_says_what_the_page_said(
    qtbot: QtBot, window: AdminWindow, other: Branch, run: Run, station_for: StationFor
) -> None:
    page = page_of(window)
    write(page.credits["elderly"], "50")
    write(page.credits["assisted"], "75")
    told = page.preview.text()
    assert "提前50分钟" in told
    assert "晚到75分钟以上" in told
    save(qtbot, window)
    issued = run("KIOSK", "kiosk-1", Issue("P01"))
    kiosk = station_for("kiosk-1", "KIOSK")
    paper = ticket_pdf(ticket_form(slip(other.store, issued.id), "kiosk-1", kiosk.zone))
    assert packed(told) in packed(text_by_pypdf(paper))


def test_only_what_was_changed_is_written(qtbot: QtBot, window: AdminWindow, other: Branch) -> None:
    write(page_of(window).targets["ordinary"], "25")
    save(qtbot, window)
    assert changes(other) == ["ordinary"]
    assert stored(other)["ordinary"] == (0, 25)


@pytest.mark.parametrize("wrong", ["1441", "-5", "十", "4.5", "1" * 10_000])
def test_a_credit_that_cannot_stand(
    qtbot: QtBot, window: AdminWindow, other: Branch, wrong: str
) -> None:
    page, before = page_of(window), stored(other)
    field = page.credits["vip"]
    write(field, wrong)
    press(page.bar.save)
    assert field.error_text() == "请填 0 到 1440 之间的分钟数"
    assert field.text() == wrong
    assert field.edit.hasFocus()
    assert page.preview.text() == "分钟数填好后，这里显示号票上的话"
    assert page.bar.save.isEnabled()
    assert stored(other) == before


def test_an_empty_target(qtbot: QtBot, window: AdminWindow, other: Branch) -> None:
    page, before = page_of(window), stored(other)
    write(page.targets["elderly"], "")
    qtbot.keyClick(page.targets["elderly"].edit, Qt.Key.Key_Return)
    assert page.targets["elderly"].error_text() == "请填写这一项"
    assert stored(other) == before


def test_save_is_off_while_the_answer_is_due(qtbot: QtBot, window: AdminWindow) -> None:
    page = page_of(window)
    write(page.credits["vip"], "15")
    press(page.bar.save)
    assert not page.bar.save.isEnabled()
    qtbot.waitUntil(lambda: toasts(window) == ["已保存，从下一张号票起生效"])


def test_what_is_typed_stays_when_a_colleague_saves(
    qtbot: QtBot, window: AdminWindow, other: Branch, run: Run
) -> None:
    page = page_of(window)
    write(page.credits["elderly"], "40")
    with qtbot.waitSignal(window._station.changed):
        run("100101", "admin", ChangeClass("vip", 15, 20))
    qtbot.waitUntil(lambda: page.credits["vip"].text() == "15")
    assert page.credits["elderly"].text() == "40"
    save(qtbot, window)
    assert stored(other)["elderly"][0] == 40
    assert stored(other)["vip"][0] == 15  # what was not touched here is the colleague's


def test_waiting_customers_keep_their_place(
    qtbot: QtBot, window: AdminWindow, other: Branch, run: Run
) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P01", frozenset({"elderly"})))
    told = page_of(window).preview_note.text()
    assert told == "保存后对新取的号生效，已取的号次序不变。"
    press(page_of(window).presets["arrival"])
    save(qtbot, window)
    assert slip(other.store, issued.id).elderly_credit == 0  # what new papers would say
    later = run("KIOSK", "kiosk-1", Issue("P01"))
    assert slip(other.store, later.id).ahead == 1
