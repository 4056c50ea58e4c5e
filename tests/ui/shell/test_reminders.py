"""Who opens his station is reminded quietly, and the rail says how many wait at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.answering import CloseOther, Escalate
from branch.complaints.queries.desk import running_cases
from branch.kernel.clock import SetClock
from branch.people.queries import account_id
from branch.quality.commands import AddAction, CheckAction, FinishAction
from branch.quality.queries import closed_actions, open_actions
from branch.visitors.commands.register import SignInVisitor
from branch.visitors.details import Details
from tests.complaints.desk import HEAD, OFFICER, TELLER, Desk
from ui.program import window_for
from ui.shell.desk_rail import DeskRail
from ui.shell.due_card import Seen
from ui.shell.host_notice import HostNotice
from ui.shell.language import language
from ui.shell.reminders import Reminders
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.action_dialogs import CheckEffectDialog, FinishActionDialog
from ui.widgets.button import PrimaryButton
from ui.widgets.dialog import ConfirmDialog

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    """The complaint desk at another station."""
    return Desk(other, clock)


class Places:
    """Windows with the card in them."""

    def __init__(self, station_for: StationFor, qtbot: QtBot) -> None:
        self._station_for, self.qtbot, self.seen = station_for, qtbot, Seen()

    def open(
        self, staff_no: str = OFFICER, place: str = "dashboard", size: tuple[int, int] = (1440, 900)
    ) -> tuple[QWidget, Reminders]:
        station = self._station_for(place, staff_no)
        window = window_for(station)
        self.qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        card = Reminders(station, window, self.seen)
        self.settled(card)
        return window, card

    def settled(self, card: Reminders) -> None:
        self.qtbot.waitUntil(lambda: not card.asking.under_way, timeout=5000)


@pytest.fixture
def places(station_for: StationFor, qtbot: QtBot) -> Places:
    return Places(station_for, qtbot)


def rail(window: QWidget) -> DeskRail:
    found = window.findChild(DeskRail)
    assert isinstance(found, DeskRail)
    return found


def badge(window: QWidget) -> str:
    return rail(window).button("complaints").accessibleName()


def late_case(desk: Desk) -> int:
    """Registered on Friday 20 November, its house limit passed on the 27th; it is the 30th."""
    complaint = desk.register()
    desk.at("2026-11-30 09:00")
    return complaint


def test_without_anything_due_there_is_no_card(places: Places, desk: Desk) -> None:
    desk.register(channel="letter")
    window, card = places.open(HEAD)
    assert not card.isVisible()
    assert badge(window) == "投诉"


def test_a_new_case_is_told_to_the_desk_at_once(places: Places, desk: Desk) -> None:
    desk.register()
    _window, card = places.open()
    assert [(row.chip.text(), row.sentence.text()) for row in card.rows] == [
        ("待告知", "20261120-0001 应在 11月20日 星期五 前告知投诉人已收到"),
        ("待转办", "20261120-0001 应在 11月20日 星期五 前转办"),
    ]
    desk.at("2026-11-23 09:00")
    _window, card = places.open()
    assert [row.chip.text() for row in card.rows] == ["逾期 3 天", "逾期 3 天"]


def test_a_major_one_is_told_at_any_hour_with_the_time(places: Places, desk: Desk) -> None:
    desk.at("2026-11-21 19:40")  # a Saturday
    desk.register(what={"severity": "major"})
    _window, card = places.open(HEAD)
    (row,) = card.rows
    assert (row.chip.text(), row.sentence.text()) == (
        "重大",
        "20261121-0001 是重大投诉，20:10 前报告上级行",
    )
    language().choose("en")
    QApplication.processEvents()
    sentence = card.rows[0].sentence.text()
    assert sentence == "20261121-0001 is a major complaint: tell the superior body by 20:10"


def test_what_is_late_is_told_with_its_number_and_days(places: Places, desk: Desk) -> None:
    late_case(desk)
    window, card = places.open()
    assert card.isVisible()
    assert card.title.text() == "今天要留意 1 件"
    (row,) = card.rows
    assert row.chip.text() == "逾期 3 天"
    assert row.sentence.text() == "20261120-0001 的办理期限已过，建议升级到网点负责人"
    assert "1 项待处理" in badge(window)
    assert window.rect().contains(card.geometry())
    language().choose("en")
    QApplication.processEvents()
    assert card.rows[0].sentence.text().startswith("20261120-0001: the due day has passed")


def test_nobody_is_woken_before_the_branch_opens(
    places: Places, desk: Desk, clock: SetClock, qtbot: QtBot
) -> None:
    late_case(desk)
    desk.at("2026-11-30 07:00")
    window, card = places.open()
    assert not card.isVisible()
    assert badge(window) == "投诉"
    desk.at("2026-11-30 08:30")
    card.asking.ask()
    qtbot.waitUntil(card.isVisible)


def test_noted_it_stays_away_until_something_joins(
    places: Places, desk: Desk, qtbot: QtBot
) -> None:
    late_case(desk)
    _window, card = places.open(HEAD)
    qtbot.mouseClick(card.noted, LEFT)
    assert not card.isVisible()
    # Another place of the same person the same morning; the number in the rail stays.
    window, again = places.open(HEAD)
    assert not again.isVisible()
    assert "1 项待处理" in badge(window)
    due = desk.today + timedelta(days=1)
    desk.run(AddAction("drill", 1, "换灭火器", desk.staff(TELLER), due))
    desk.at("2026-12-01 09:00")
    again.asking.ask()
    qtbot.waitUntil(again.isVisible)
    qtbot.mouseClick(again.noted, LEFT)
    desk.at("2026-12-02 09:00")
    again.asking.ask()
    qtbot.waitUntil(lambda: again.title.text() == "今天要留意 2 件")


def test_a_level_is_proposed_and_a_person_decides(places: Places, desk: Desk, qtbot: QtBot) -> None:
    complaint = late_case(desk)
    window, card = places.open()
    button = card.rows[0].button
    assert button is not None
    assert button.text() == "升级"
    qtbot.mouseClick(button, LEFT)
    dialog = next(d for d in window.findChildren(ConfirmDialog) if d.isVisible())
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: card.rows[0].button is None, timeout=5000)
    line = next(
        one for one in running_cases(desk.store, desk.staff(OFFICER)) if one.id == complaint
    )
    assert line.level == 2


def test_somebody_was_quicker(places: Places, desk: Desk, qtbot: QtBot) -> None:
    complaint = late_case(desk)
    window, card = places.open()
    button = card.rows[0].button
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    dialog = next(d for d in window.findChildren(ConfirmDialog) if d.isVisible())
    desk.run(Escalate(complaint, 3), HEAD)
    with qtbot.waitSignal(card._station.complained, timeout=5000):
        qtbot.mouseClick(dialog.confirm_button, LEFT)


def test_the_gravest_three_and_how_many_more(places: Places, desk: Desk) -> None:
    for _ in range(5):
        desk.register()
    desk.at("2026-11-30 09:00")
    _window, card = places.open()
    assert len(card.rows) == 3
    assert card.more.text() == "还有 2 件"


def test_the_owner_of_a_late_action_says_at_once_that_it_is_done(
    places: Places, desk: Desk, qtbot: QtBot
) -> None:
    due = desk.today + timedelta(days=3)
    action = desk.run(AddAction("drill", 1, "更换宣传页", desk.staff(TELLER), due))
    desk.at("2026-11-30 09:00")
    window, card = places.open(TELLER, "counter-1", (1280, 800))
    (row,) = card.rows
    assert row.sentence.text() == f"整改 {action} 应在 11月23日 星期一 前完成"
    assert row.button is not None
    assert not card.go.isVisible()
    qtbot.mouseClick(row.button, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(FinishActionDialog)), timeout=5000)
    dialog = window.findChildren(FinishActionDialog)[0]
    assert not dialog.confirm_button.isEnabled()
    dialog.evidence.setPlainText("新宣传页照片已存档")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5000)
    assert [(a.state, a.evidence) for a in open_actions(desk.store)] == [
        ("done", "新宣传页照片已存档")
    ]


@pytest.mark.parametrize("words", ["zh", "en"])
def test_the_effect_of_an_action_is_looked_at_from_the_card(
    places: Places, desk: Desk, qtbot: QtBot, words: str
) -> None:
    complaint = desk.register(kind="enquiry")
    due = desk.today + timedelta(days=3)
    action = desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(TELLER), due))
    desk.run(FinishAction(action, "照片在档"), TELLER)
    desk.run(CheckAction(action, good=True), HEAD)
    desk.run(CloseOther(complaint, "已说明"))
    desk.at("2026-12-21 09:00")
    language().choose(words)
    window, card = places.open(HEAD, size=(1280, 800))
    (row,) = card.rows
    zh = f"整改 {action} 已办结，12月20日 星期日 起可以复核效果"
    en = f"Corrective action {action} is closed: its effect can be checked from Sun 20 Dec"
    assert row.sentence.text() == {"zh": zh, "en": en}[words]
    assert row.button is not None
    assert row.button.text() == {"zh": "复核效果", "en": "Check the effect"}[words]
    assert row.button.accessibleDescription() == str(action)
    # No complaint waits: the number in the rail counts cases.
    assert badge(window) == {"zh": "投诉", "en": "Complaint"}[words]
    qtbot.mouseClick(row.button, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(CheckEffectDialog)), timeout=5000)
    dialog = window.findChildren(CheckEffectDialog)[0]
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5000)
    assert [(one.effect, one.effect_checker) for one in closed_actions(desk.store)] == [
        ("good", "林婉")
    ]


def test_whom_it_is_about_is_told_nothing(places: Places, desk: Desk) -> None:
    desk.register(subjects=frozenset({desk.staff(OFFICER)}))
    desk.at("2026-11-30 09:00")
    window, card = places.open()
    assert not card.isVisible()
    assert badge(window) == "投诉"


def test_it_goes_to_the_desk(places: Places, desk: Desk, qtbot: QtBot) -> None:
    late_case(desk)
    _window, card = places.open(HEAD)
    with qtbot.waitSignal(card._station.place_wanted) as went:
        qtbot.mouseClick(card.go, LEFT)
    assert went.args == ["complaints"]


def test_a_reminder_opens_its_own_case(places: Places, desk: Desk, qtbot: QtBot) -> None:
    desk.register()
    second = late_case(desk)
    _window, card = places.open(HEAD)
    button = card.rows[1].open_button
    assert button is not None
    assert (button.text(), button.accessibleDescription()) == ("打开", "20261120-0002")
    with qtbot.waitSignal(card._station.case_wanted) as went:
        qtbot.mouseClick(button, LEFT)
    assert went.args == [second]


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
def test_it_stands_above_the_host_s_card_and_over_no_solid_button(
    places: Places,
    desk: Desk,
    qtbot: QtBot,
    run: Run,
    size: tuple[int, int],
    code: str,
) -> None:
    language().choose(code)
    for _ in range(4):
        desk.register()
    desk.at("2026-11-30 09:00")
    staff = account_id(desk.store, HEAD)
    details = Details("周建军", "安达设备维保", staff, "maintenance", "machine_room")
    run("100401", "register", SignInVisitor(details, True, 1))
    station = places._station_for("lobby", HEAD)
    window = window_for(station)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    notice, card = HostNotice(station, window), Reminders(station, window, Seen())
    qtbot.waitUntil(lambda: notice.isVisible() and card.isVisible(), timeout=5000)

    def places_right() -> bool:
        covered = [
            button
            for button in window.findChildren(PrimaryButton)
            if button.isVisible()
            and card.geometry().intersects(
                button.rect().translated(button.mapTo(window, button.rect().topLeft()))
            )
        ]
        return not covered and not card.geometry().intersects(notice.geometry())

    qtbot.waitUntil(places_right, timeout=5000)
    assert window.rect().contains(card.geometry())
    for row in card.rows:
        assert row.sentence.height() >= row.sentence.heightForWidth(row.sentence.width())
