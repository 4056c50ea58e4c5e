"""What is painted rather than laid out: icons, numbers, chips, rows, states, QR."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show, picture, spoken
from ui.shell.fonts import font
from ui.shell.theme import LIGHT
from ui.widgets.frame import ClockLabel, Rail, RailEntry, StatFigure, StatRow, TopBar
from ui.widgets.icon import icon, icon_names, icon_pixmap, paint_icon
from ui.widgets.label import ElidedLabel
from ui.widgets.number import BigNumber, ProgressBar, TimerLabel, clock_text
from ui.widgets.painting import clamp_radius, paint_line, text_width
from ui.widgets.place_holder import EmptyState, ErrorState, LoadingRows
from ui.widgets.qr import QrWidget
from ui.widgets.queue_delegate import (
    CareMark,
    QueueLine,
    QueueLineDelegate,
    WaitState,
    paint_queue_line,
    wait_words,
)
from ui.widgets.state import LOOKS, State
from ui.widgets.status import CareChip, StatusChip
from ui.widgets.step_strip import StepStrip

NEEDED_ICONS = """
logo lobby counter id-card complaint drill insights settings lock cash card transfer shield
wealth loan corporate globe scan help elder wheelchair infant star ear eye translate calendar
printer machine room speaker check recall skip pause hold transfer-to undo contrast lower
big-letters list passbook chair heart arrow-right arrow-left chevron-right close info wifi
wifi-off phone ticket message
"""
STEPS = [("迎", "起身问好"), ("问", "问清需求"), ("办", "双手接递")]


def blank(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_the_named_icons_are_there() -> None:
    assert set(NEEDED_ICONS.split()) <= set(icon_names())
    assert {f"status-{state.value}" for state in State} <= set(icon_names())


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_draws_in_the_colour_asked_for(name: str) -> None:
    image = icon_pixmap(name, 48, QColor("#1C4A97"), 2.0, inner=QColor("#00AA33")).toImage()
    assert image.width() == 96
    found = {c for c in colours(image) if c not in ("#000000", "#ffffff")}
    assert "#1c4a97" in found
    assert "#ff0000" not in found
    assert "#00ff00" not in found


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", 24, QColor("#000000"))
    assert not icon("lock", 24, QColor("#000000")).isNull()


def test_icons_paint_into_the_middle_of_their_place() -> None:
    image = blank(60, 24)
    painter = QPainter(image)
    paint_icon(painter, "status-running", QRectF(0, 0, 60, 24), QColor("#1C4A97"))
    painter.end()
    assert image.pixelColor(30, 4) == QColor("#1C4A97")
    assert image.pixelColor(4, 12) == QColor("#FFFFFF")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00"), (372, "06:12"), (3599, "59:59"), (3870, "1:04:30"), (-5, "00:00")],
)
def test_durations_on_a_clock(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text


def test_a_timer_without_a_time_shows_dashes(qtbot: QtBot) -> None:
    timer = TimerLabel()
    qtbot.addWidget(timer)
    assert timer.text() == "--:--"
    timer.set_seconds(372)
    assert timer.text() == "06:12"
    width = timer.sizeHint().width()
    timer.set_seconds(371)
    assert timer.sizeHint().width() == width
    assert spoken(timer) == ("06:11", QAccessible.Role.StaticText)


def test_a_big_number_fills_its_height(show: Show) -> None:
    number = BigNumber("E111", px=144)
    show(number)
    number.resize(number.sizeHint())
    image = picture(number)
    rows = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 100 for x in range(image.width()))
    ]
    assert len(rows) == pytest.approx(0.733 * 144, abs=2)
    assert number.sizeHint().height() - len(rows) <= 6


@pytest.mark.parametrize("radius", [0, 4, 20, 400])
def test_radii_are_clamped_to_half_the_shorter_side(radius: float) -> None:
    assert clamp_radius(radius, 300, 12) == min(radius, 6)


def test_a_bar_keeps_round_ends_and_puts_the_mark_at_the_target(show: Show) -> None:
    bar = ProgressBar()
    bar.set_progress(240, 480)
    bar.resize(300, 20)
    show(bar)
    bar.resize(300, 20)
    image = picture(bar)
    assert image.pixelColor(0, 4) != QColor(LIGHT.accent)
    assert image.pixelColor(60, 10) == QColor(LIGHT.accent)
    assert image.pixelColor(180, 10) == QColor(LIGHT.sunken)
    assert image.pixelColor(240, 10) == QColor(LIGHT.ink1)
    bar.set_progress(960, 480)
    image = picture(bar)
    assert image.pixelColor(290, 10) == QColor(LIGHT.accent)
    assert image.pixelColor(150, 10) == QColor(LIGHT.ink1)


def test_a_line_that_is_too_long_ends_in_an_ellipsis(qapp: QApplication) -> None:
    face = font(14)
    image = blank(200, 20)
    painter = QPainter(image)
    text = "大额取款需提前一天预约，请带好本人身份证原件"
    drawn = paint_line(painter, QRectF(0, 0, 80, 20), text, face, QColor("#000000"))
    whole = paint_line(painter, QRectF(0, 0, 180, 20), "现金取款", face, QColor("#000000"))
    painter.end()
    assert drawn <= 80
    assert whole == pytest.approx(text_width("现金取款", face))


def test_an_elided_label_keeps_the_whole_text_as_its_name(show: Show) -> None:
    label = ElidedLabel("云川银行 湖滨路支行 大堂经理 李静")
    show(label)
    label.resize(90, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text() == label.accessibleName()
    label.resize(600, 20)
    assert label.text() == label.whole_text()
    assert label.toolTip() == ""


@pytest.mark.parametrize("state", list(State))
def test_a_chip_has_ground_shape_and_word(state: State, show: Show) -> None:
    chip = StatusChip(state, "服务中")
    show(chip)
    chip.resize(chip.sizeHint())
    found = colours(picture(chip))
    assert LIGHT.colour(LOOKS[state].tint).name() in found
    assert spoken(chip) == ("服务中", QAccessible.Role.StaticText)


def test_care_chips_are_outlines_without_colour(show: Show) -> None:
    chip = CareChip("elder", "老年")
    show(chip)
    chip.resize(chip.sizeHint())
    image = picture(chip)
    greys = [QColor(name) for name in colours(image)]
    assert all(colour.hslSaturation() < 90 for colour in greys)
    assert image.pixelColor(chip.width() // 2, 0).name() == LIGHT.line2.lower()


@pytest.mark.parametrize(
    ("state", "words"),
    [(WaitState.NORMAL, "8 分"), (WaitState.NEAR, "8 分 临近"), (WaitState.OVER, "8 分 超时")],
)
def test_waits_say_their_state(state: WaitState, words: str, qapp: QApplication) -> None:
    assert wait_words(8, state) == words


def test_a_queue_line_is_tinted_by_its_wait(show: Show) -> None:
    lines = [
        QueueLine("A034", 8, cares=(CareMark("elder", "老年"),)),
        QueueLine("A031", 26, WaitState.OVER),
        QueueLine("A032", 19, WaitState.NEAR),
    ]
    model, role = QStandardItemModel(), int(Qt.ItemDataRole.UserRole) + 1
    for line in lines:
        item = QStandardItem(line.spoken())
        item.setData(line, role)
        model.appendRow(item)
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(QueueLineDelegate(role, view))
    view.resize(219, 200)
    show(view)
    view.resize(219, 200)
    image = picture(view)
    grounds = [image.pixelColor(5, 44 * row + 6).name().upper() for row in range(3)]
    assert grounds == [LIGHT.surface, LIGHT.danger_tint, LIGHT.warn_tint]
    assert model.item(0).text() == "A034，老年，8 分"


def test_care_that_does_not_fit_is_counted() -> None:
    many = tuple(CareMark("elder", "行动不便") for _ in range(3))
    few, room = blank(219, 44), blank(600, 44)
    for image in (few, room):
        painter = QPainter(image)
        rect = QRectF(image.rect())
        paint_queue_line(painter, rect, QueueLine("A034", 8, cares=many), LIGHT)
        painter.end()
    wait = few.copy(180, 0, 39, 44)
    alone = blank(219, 44)
    painter = QPainter(alone)
    paint_queue_line(painter, QRectF(alone.rect()), QueueLine("A034", 8), LIGHT)
    painter.end()
    assert wait == alone.copy(180, 0, 39, 44), "chips must not run into the wait"


def test_the_step_strip_names_the_present_step(show: Show) -> None:
    strip = StepStrip(STEPS)
    strip.resize(600, 76)
    show(strip)
    strip.resize(600, 76)
    strip.set_current(1)
    assert strip.accessibleName() == "问，问清需求"
    image = picture(strip)
    assert image.pixelColor(300, 6) == QColor(LIGHT.accent)
    assert image.pixelColor(500, 6) != QColor(LIGHT.accent)
    strip.set_current(3)
    assert strip.accessibleName() == ""


def test_the_rail_tells_pages_and_what_waits_there(show: Show, qtbot: QtBot) -> None:
    entries = [RailEntry("lobby", "大堂", "lobby"), RailEntry("counter", "柜台", "counter")]
    rail = Rail(entries, bottom=[RailEntry("lock", "锁屏", "lock")])
    rail.resize(88, 500)
    show(rail)
    rail.set_badge("lobby", 3)
    assert spoken(rail.button("lobby"))[0] == "大堂，3 项待处理"
    assert spoken(rail.button("counter"))[0] == "柜台"
    with qtbot.waitSignal(rail.chosen) as told:
        QTest.mouseClick(rail.button("counter"), Qt.MouseButton.LeftButton)
    assert told.args == ["counter"]
    assert rail.button("counter").isChecked()
    assert not rail.button("lobby").isChecked()
    with qtbot.waitSignal(rail.chosen) as told:
        QTest.mouseClick(rail.button("lock"), Qt.MouseButton.LeftButton)
    assert told.args == ["lock"]
    assert rail.button("counter").isChecked(), "locking is no page"
    rail.set_texts({"lobby": "Lobby"})
    assert spoken(rail.button("lobby"))[0].startswith("Lobby")


def test_the_clock_shows_the_given_time(qtbot: QtBot) -> None:
    times = [datetime(2026, 11, 20, 10, 26, tzinfo=UTC)]
    clock = ClockLabel(lambda: times[-1])
    qtbot.addWidget(clock)
    assert clock.text() == "10:26"
    times.append(datetime(2026, 11, 20, 10, 27, tzinfo=UTC))
    clock.tick()
    assert clock.text() == "10:27"


def test_a_top_bar_keeps_its_height_in_english(show: Show) -> None:
    bar = TopBar("大堂", "李静 大堂经理", clock=lambda: datetime(2026, 11, 20, 10, 26, tzinfo=UTC))
    bar.chips.addWidget(StatusChip(State.OK, "取号机 2 台正常"))
    show(bar)
    bar.set_title("Lobby")
    bar.set_subtitle("Li Jing, lobby manager of the Hubin Road branch")
    assert bar.height() == 60
    assert bar.title.text() == "Lobby"


def test_figures_say_caption_value_and_unit(show: Show) -> None:
    figure = StatFigure("最长等候")
    row = StatRow([StatFigure("等候", "14", "人"), figure])
    show(row)
    figure.set_value("26", "分钟，超时", urgent=True)
    assert spoken(figure)[0] == "最长等候 26 分钟，超时"
    assert QColor(LIGHT.danger_text).name() in colours(picture(figure))


def test_empty_says_what_is_true_and_what_will_happen(show: Show) -> None:
    empty = EmptyState("chair", "现在没有人等候", "新客户取号后会出现在这里")
    show(empty)
    assert empty.accessibleName() == "现在没有人等候，新客户取号后会出现在这里"
    assert not empty.button.isVisible()


def test_an_error_offers_one_button(show: Show, qtbot: QtBot) -> None:
    error = ErrorState("暂时连不上服务器", ["叫号不受影响，数据停在 10:21"], button="现在重试")
    show(error)
    with qtbot.waitSignal(error.pressed):
        QTest.mouseClick(error.button, Qt.MouseButton.LeftButton)
    error.set_texts("Server unreachable", ["Calling goes on"], button="Try now")
    assert spoken(error.button) == ("Try now", QAccessible.Role.Button)


def test_loading_shows_nothing_for_a_while_then_still_bars(show: Show, qtbot: QtBot) -> None:
    rows = LoadingRows()
    rows.resize(382, 292)
    show(rows)
    rows.start()
    assert not rows.bars_shown()
    qtbot.waitUntil(rows.bars_shown, timeout=2000)
    assert not rows.words_shown()
    rows.stop()
    assert not rows.bars_shown()


def test_a_qr_code_is_black_on_white_with_its_quiet_zone(show: Show) -> None:
    code = QrWidget("https://example.cn/t/A034", name="取号二维码")
    show(code)
    code.resize(168, 168)
    image = picture(code)
    assert colours(image) == {"#000000", "#ffffff"}
    assert all(image.pixelColor(x, 8).name() == "#ffffff" for x in range(168))
    assert spoken(code)[0] == "取号二维码"
