"""Buttons, tiles and rows: what a screen reader hears, and what a press does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show, accessible, picture, spoken
from ui.shell.theme import HIGH_CONTRAST, KIOSK_MIN_TARGET, LIGHT, apply_theme, reduce_motion
from ui.widgets import pressing
from ui.widgets.button import (
    KIOSK_BACK,
    KIOSK_BUTTON,
    KIOSK_MAIN,
    KIOSK_TOOL,
    TELLER_PRIMARY,
    AccentButton,
    Button,
    DangerButton,
    DangerSolidButton,
    LinkButton,
    PlainButton,
    PrimaryButton,
)
from ui.widgets.choice import CheckRow, SegmentedControl
from ui.widgets.state import State
from ui.widgets.status import Chip
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import (
    CARE_FLAG,
    ELDER_ROW,
    ELDER_SOLID,
    KIOSK_CARD,
    KIOSK_FOOT,
    KIOSK_OPTION_OUTLINE,
    KIOSK_OPTION_SOLID,
    KIOSK_OUTLINE,
    KIOSK_ROW,
    KIOSK_SOLID,
    KIOSK_WIDE,
    PLACE_OF_WORK,
    SEAT,
    SEAT_CLOSED,
    SERVICE_BUTTON,
    TileStyle,
)

LEFT = Qt.MouseButton.LeftButton
KINDS = [PrimaryButton, PlainButton, AccentButton, DangerButton, DangerSolidButton, LinkButton]
KIOSK_STYLES = [
    KIOSK_CARD, KIOSK_ROW, KIOSK_WIDE, KIOSK_SOLID, KIOSK_OUTLINE, KIOSK_OPTION_SOLID,
    KIOSK_OPTION_OUTLINE, KIOSK_FOOT, ELDER_ROW, ELDER_SOLID,
]  # fmt: skip
DESK_STYLES = [CARE_FLAG, SERVICE_BUTTON, SEAT, SEAT_CLOSED, PLACE_OF_WORK]


@pytest.mark.parametrize("kind", KINDS)
def test_a_button_is_called_by_its_words(kind: type[Button], qtbot: QtBot) -> None:
    button = kind("重呼", key="F3")
    qtbot.addWidget(button)
    assert spoken(button) == ("重呼", QAccessible.Role.Button)
    assert accessible(button).text(QAccessible.Text.Description) == "F3"
    button.setText("Recall")
    assert spoken(button)[0] == "Recall"


def test_a_tile_is_called_by_all_its_texts(qtbot: QtBot) -> None:
    content = TileContent(
        "现金存取", "存款、取款、零钱兑换", meta=("等候 6 人", "暂时无法估计"), icon="cash"
    )
    tile = Tile(KIOSK_CARD, content)
    qtbot.addWidget(tile)
    assert spoken(tile) == (
        "现金存取，存款、取款、零钱兑换，等候 6 人，暂时无法估计",
        QAccessible.Role.Button,
    )
    tile.set_content(TileContent("开立银行卡", right_chip=Chip("柜台办理", State.IDLE, "counter")))
    assert spoken(tile)[0] == "开立银行卡，柜台办理"


def test_a_checkable_tile_says_whether_it_is_chosen(qtbot: QtBot) -> None:
    tile = Tile(CARE_FLAG, TileContent("老年", icon="elder"))
    tile.setCheckable(True)
    qtbot.addWidget(tile)
    assert spoken(tile)[1] == QAccessible.Role.CheckBox
    assert not accessible(tile).state().checked
    tile.click()
    assert accessible(tile).state().checked


@pytest.mark.parametrize("style", KIOSK_STYLES)
def test_kiosk_targets_are_large_enough(style: TileStyle, qtbot: QtBot) -> None:
    tile = Tile(style, TileContent("现金存取"))
    qtbot.addWidget(tile)
    assert tile.sizeHint().height() >= KIOSK_MIN_TARGET
    assert tile.minimumSizeHint() == tile.sizeHint()


@pytest.mark.parametrize("size", [KIOSK_BACK, KIOSK_BUTTON, KIOSK_MAIN, KIOSK_TOOL])
def test_kiosk_buttons_are_large_enough(size, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    button = PlainButton("返回", size=size)
    qtbot.addWidget(button)
    assert button.sizeHint().height() >= KIOSK_MIN_TARGET


@pytest.mark.parametrize("style", KIOSK_STYLES + DESK_STYLES)
@pytest.mark.parametrize("theme", ["light", "hc"])
def test_every_style_paints_in_every_state(
    style: TileStyle, theme: str, show: Show, qapp: QApplication
) -> None:
    apply_theme(qapp, theme)
    content = TileContent(
        "现金", "1 号", "06:12", ("等候 6 人",), icon="cash", right="4 人", state=State.RUNNING
    )
    tile = Tile(style, content)
    tile.setCheckable(True)
    show(tile)
    plain = picture(tile)
    tile.setChecked(True)
    chosen = picture(tile)
    tile.setEnabled(False)
    off = picture(tile)
    assert plain != chosen
    assert off != chosen


def presses(make: Callable[[], QAbstractButton], show: Show) -> tuple[QAbstractButton, list[bool]]:
    """A shown control and what its clicks leave behind."""
    control = make()
    seen: list[bool] = []
    control.clicked.connect(lambda: seen.append(True))
    show(control)
    return control, seen


MAKERS = [
    lambda: PrimaryButton("叫下一位"),
    lambda: Tile(KIOSK_CARD, TileContent("现金存取")),
]


@pytest.mark.parametrize("make", MAKERS, ids=["button", "tile"])
def test_a_press_acts_on_release(make: Callable[[], QAbstractButton], show: Show) -> None:
    control, seen = presses(make, show)
    QTest.mousePress(control, LEFT)
    assert seen == []
    QTest.mouseRelease(control, LEFT)
    assert len(seen) == 1


@pytest.mark.parametrize("make", MAKERS, ids=["button", "tile"])
def test_sliding_off_cancels(make: Callable[[], QAbstractButton], show: Show) -> None:
    control, seen = presses(make, show)
    QTest.mousePress(control, LEFT, pos=control.rect().center())
    away = QPoint(control.width() + 40, control.height() + 40)
    QTest.mouseMove(control, away)
    QTest.mouseRelease(control, LEFT, pos=away)
    assert seen == []
    QTest.mouseClick(control, LEFT)
    assert len(seen) == 1, "a cancelled press must not start the guard"


@pytest.mark.parametrize("make", MAKERS, ids=["button", "tile"])
def test_a_second_press_within_400_ms_is_ignored(
    make: Callable[[], QAbstractButton], show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pressing.REPEAT_MS == 400
    # However slow this machine is, the tremor comes within the time, and the wish after it.
    monkeypatch.setattr(pressing, "REPEAT_MS", 60_000)
    control, seen = presses(make, show)
    QTest.mouseClick(control, LEFT)
    QTest.mouseClick(control, LEFT)
    QTest.mouseDClick(control, LEFT)
    assert len(seen) == 1
    monkeypatch.setattr(pressing, "REPEAT_MS", 0)
    QTest.mouseClick(control, LEFT)
    assert len(seen) == 2


def test_the_keyboard_is_not_guarded(show: Show) -> None:
    control, seen = presses(lambda: PlainButton("重呼"), show)
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_Space)
    QTest.keyClick(control, Qt.Key.Key_Space)
    assert len(seen) == 2


def test_a_long_english_button_grows_and_is_not_cut(show: Show) -> None:
    short = PrimaryButton("办结，叫下一位", size=TELLER_PRIMARY, icon="speaker", key="F2")
    long = PrimaryButton(
        "Finish and call the next person", size=TELLER_PRIMARY, icon="speaker", key="F2"
    )
    show(short)
    show(long)
    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()
    assert long.width() >= long.sizeHint().width()


def test_a_text_that_had_to_be_cut_is_remembered(show: Show, qapp: QApplication) -> None:
    tile = Tile(SERVICE_BUTTON, TileContent("外汇", icon="globe", right="1 人"))
    show(tile)
    tile.resize(161, 52)
    qapp.processEvents()
    assert tile.cut_texts() == ()
    tile.set_content(TileContent("Foreign currency and other", icon="globe", right="1"))
    qapp.processEvents()
    assert tile.cut_texts() == ("Foreign currency and other",)
    tile.resize(400, 52)
    qapp.processEvents()
    assert tile.cut_texts() == ()


def test_a_narrow_button_gives_up_padding_before_it_cuts_a_word(
    show: Show, qapp: QApplication
) -> None:
    button = PrimaryButton("叫下一位")
    show(button)
    for width in range(66, 100):
        button.setFixedWidth(width)
        button.grab()
        assert button.cut_texts() == (), width


def test_grounds_of_a_primary_button(show: Show) -> None:
    button = show(PrimaryButton("登录"))
    assert isinstance(button, PrimaryButton)
    at = QPoint(6, button.height() // 2)
    assert picture(button).pixelColor(at) == QColor(LIGHT.accent)
    button.setDown(True)
    assert picture(button).pixelColor(at) == QColor(LIGHT.accent_press)
    button.setDown(False)
    button.setEnabled(False)
    assert picture(button).pixelColor(at) == QColor(LIGHT.sunken)


def test_a_press_is_felt_within_80_ms_and_not_at_all_without_motion(
    show: Show, qtbot: QtBot
) -> None:
    reduce_motion(False)
    button = show(PrimaryButton("登录"))
    assert isinstance(button, PrimaryButton)
    at = QPoint(6, button.height() // 2)
    assert picture(button).pixelColor(at) == QColor(LIGHT.accent)
    button.setDown(True)
    assert picture(button).pixelColor(at) != QColor(LIGHT.accent_press)
    qtbot.waitUntil(lambda: picture(button).pixelColor(at) == QColor(LIGHT.accent_press))
    reduce_motion(True)
    button.setDown(False)
    assert picture(button).pixelColor(at) == QColor(LIGHT.accent)


def test_a_corner_never_turns_square_when_the_radius_is_too_large(show: Show) -> None:
    button = show(PrimaryButton("登录"))
    button.resize(200, 12)
    image = picture(button)
    assert image.pixelColor(0, 0) != QColor(LIGHT.accent)
    assert image.pixelColor(100, 6) != image.pixelColor(0, 0)


def test_a_check_row_is_a_check_box_on_its_whole_width(show: Show) -> None:
    row = CheckRow("本人身份证原件", key="1")
    row.resize(346, 44)
    show(row)
    assert spoken(row) == ("本人身份证原件", QAccessible.Role.CheckBox)
    QTest.mouseClick(row, LEFT, pos=QPoint(330, 40))
    assert row.isChecked()
    QTest.mouseClick(row, LEFT, pos=QPoint(4, 4))
    assert not row.isChecked(), "unticking at once is a correction and counts"


def test_a_document_that_is_not_needed_cannot_be_ticked(show: Show) -> None:
    row = CheckRow("代办授权书", key="4")
    show(row)
    row.set_not_needed("本人办理，不需要")
    QTest.mouseClick(row, LEFT)
    assert not row.isChecked()
    assert accessible(row).text(QAccessible.Text.Description) == "本人办理，不需要"
    row.set_not_needed("")
    assert row.isEnabled()


def test_segments_choose_one_and_tell_which(show: Show, qtbot: QtBot) -> None:
    control = SegmentedControl([("zh", "中文"), ("en", "English")], current="zh", name="语言")
    show(control)
    assert spoken(control.segment("en"))[0] == "English"
    with qtbot.waitSignal(control.chosen) as told:
        QTest.mouseClick(control.segment("en"), LEFT)
    assert told.args == ["en"]
    assert control.current() == "en"
    control.set_current("zh")
    assert control.current() == "zh"
    with pytest.raises(KeyError):
        control.set_current("fr")


def test_high_contrast_draws_black_grounds_with_white_edges(show: Show, qapp: QApplication) -> None:
    apply_theme(qapp, "hc")
    button = show(PlainButton("重呼"))
    image = picture(button)
    middle = button.height() // 2
    assert image.pixelColor(1, middle) == QColor(HIGH_CONTRAST.line2)
    assert image.pixelColor(6, middle) == QColor(HIGH_CONTRAST.surface)
