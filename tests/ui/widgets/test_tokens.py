"""The colours keep the contrast that the design promises, in every theme."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from ui.shell.fonts import CAP_HEIGHT, font, load_fonts
from ui.shell.theme import (
    BOARD,
    HIGH_CONTRAST,
    LIGHT,
    THEMES,
    Theme,
    apply_theme,
    contrast,
    current,
    motion,
    reduce_motion,
    style_sheet,
    theme_of,
)
from ui.widgets.card import Card
from ui.widgets.label import Label

# The table of look.md section 2: text, ground, then light, hc and board.
TEXT = """
ink1 surface 17.5 21.0 16.7
ink1 canvas 16.1 21.0 18.6
ink1 sunken 15.1 17.4 18.6
ink2 surface 9.5 21.0 12.1
ink2 canvas 8.8 21.0 13.5
ink2 sunken 8.3 17.4 13.5
ink3 surface 6.3 15.9 9.1
ink3 canvas 5.9 15.9 10.1
ink3 sunken 5.5 13.2 10.1
accent surface 8.5 17.2 11.9
accent canvas 7.8 17.2 13.3
accent accent_tint 7.4 14.3 10.4
on_accent accent 8.5 17.2 13.3
on_accent accent_hover 10.1 18.2 13.3
on_accent accent_press 12.3 13.1 13.3
ok_text ok_tint 7.4 9.0 8.0
ok_text surface 8.5 11.3 8.8
warn_text warn_tint 7.4 8.5 9.4
warn_text surface 8.3 10.2 10.5
danger_text danger_tint 7.4 7.6 7.9
danger_text surface 8.6 8.7 8.4
idle_text idle_tint 8.3 17.4 9.1
on_accent danger 5.7 7.6 8.2
on_accent ok 4.6 11.3 9.9
on_warn warn 7.8 10.2 11.7
control surface 4.1 21.0 4.9
control canvas 3.8 21.0 5.5
focus canvas 7.8 13.7 13.3
ok surface 4.6 11.3 8.8
danger surface 5.7 7.6 7.4
"""
ROWS = [line.split() for line in TEXT.strip().splitlines()]
# Not words on a kiosk or board: captions, white on danger or on ok, edges and glyphs.
DESK_ONLY = {("on_accent", "danger"), ("on_accent", "ok")}
SHAPES = {"control", "focus", "ok", "danger"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_contrast_is_that_of_the_table(row: list[str]) -> None:
    for theme, expected in zip((LIGHT, HIGH_CONTRAST, BOARD), row[2:], strict=True):
        ratio = contrast(getattr(theme, row[0]), getattr(theme, row[1]))
        assert ratio == pytest.approx(float(expected), abs=0.051), theme.name


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_pair_of_words_reaches_its_floor(theme: Theme) -> None:
    for text, ground, *_ in ROWS:
        ratio = contrast(getattr(theme, text), getattr(theme, ground))
        if text in SHAPES or (text, ground) == ("on_accent", "ok"):
            assert ratio >= 3.0, (text, ground)
        elif text == "ink3" or (text, ground) in DESK_ONLY:
            assert ratio >= 5.5 - 0.05, (text, ground)
        else:
            assert ratio >= 7.0, (text, ground)


def test_the_lit_panel_of_the_board() -> None:
    assert contrast("#FFFFFF", LIGHT.ink1) == pytest.approx(17.5, abs=0.05)
    assert contrast("#FFFFFF", LIGHT.accent) == pytest.approx(8.5, abs=0.05)


def test_style_sheets_leave_no_placeholder_and_clamp_nothing() -> None:
    for theme in THEMES.values():
        sheet = style_sheet(theme)
        assert "@" not in sheet.split("*/", 1)[1]
        assert json.dumps(asdict(theme))  # every token is a plain value


def test_a_window_may_wear_a_theme_of_its_own(qapp: QApplication) -> None:
    window, card, label = QWidget(), Card(), Label("现在没有人等候")
    QVBoxLayout(window).addWidget(card)
    QVBoxLayout(card).addWidget(label)
    apply_theme(window, "board")
    assert theme_of(label) is BOARD
    assert current() is LIGHT
    assert theme_of(QLabel()) is LIGHT
    window.ensurePolished()
    label.ensurePolished()
    assert label.palette().windowText().color() == QColor(BOARD.ink1)
    apply_theme(window, "hc")
    assert label.palette().windowText().color() == QColor(HIGH_CONTRAST.ink1)


def test_switching_the_application_repaints_what_is_shown(show, qapp: QApplication) -> None:  # type: ignore[no-untyped-def]
    card = show(Card())
    card.resize(60, 60)
    before = card.grab().toImage().pixelColor(30, 30)
    apply_theme(qapp, "hc")
    qapp.processEvents()
    after = card.grab().toImage().pixelColor(30, 30)
    assert (before.name(), after.name()) == ("#ffffff", "#000000")


def test_reduced_motion_takes_every_transition_away() -> None:
    reduce_motion(False)
    assert (motion().press, motion().panel_in, motion().page) == (80, 200, 240)
    reduce_motion(True)
    kept = motion()
    assert {kept.press, kept.hover, kept.panel_in, kept.panel_out, kept.page} == {0}
    assert kept.board_fade == kept.board_pulses == 0


def test_edges_are_three_px_in_high_contrast() -> None:
    assert (LIGHT.edge(1), LIGHT.edge(4)) == (1, 4)
    assert (HIGH_CONTRAST.edge(1), HIGH_CONTRAST.edge(4)) == (3, 4)
    assert HIGH_CONTRAST.edge(0) == 0


@pytest.mark.parametrize("weight", [400, 500, 700])
def test_every_weight_is_bundled_and_its_digits_have_one_width(weight: int) -> None:
    face = font(100, weight)
    info = QFontInfo(face)
    assert info.family() == "Noto Sans SC"
    assert info.weight() == weight
    widths = {QFontMetricsF(face).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1
    assert QFontMetricsF(face).capHeight() == pytest.approx(100 * CAP_HEIGHT, abs=0.5)


@pytest.mark.parametrize("character", ["厅", "䶮", "㛃", "𬭚"])
def test_rare_names_are_not_boxes(character: str) -> None:
    face = font(40)
    assert QFontMetricsF(face).inFontUcs4(ord(character)) or any(
        QFontMetricsF(_family(family)).inFontUcs4(ord(character)) for family in face.families()
    )


def _family(name: str):  # type: ignore[no-untyped-def]
    face = font(40)
    face.setFamilies([name])
    return face


def test_a_broken_font_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(OSError, match=r"broken\.ttf"):
        load_fonts(tmp_path)
