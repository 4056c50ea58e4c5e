"""Reading aloud: which voice, a button where there is one, a sentence where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.shell.language import language
from ui.widgets import speaking
from ui.widgets.read_aloud import ReadAloud
from ui.widgets.speaking import Speaker, Voice, best_voice, engines

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def english_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's stand-in for a voice: it speaks English and other languages, no Chinese, no sound."""
    monkeypatch.setattr(speaking, "engines", lambda: ["mock"])


@pytest.fixture
def no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "engines", list)


@pytest.mark.parametrize(
    ("voices", "language", "best"),
    [
        ([], "zh", None),
        ([Voice("Huihui", "zh"), Voice("Zira", "en")], "zh", 0),
        ([Voice("Huihui", "zh"), Voice("Zira", "en")], "en", 1),
        # espeak through the speech dispatcher: no languages, only names.
        (
            [
                Voice("Chinese (Mandarin)", ""),
                Voice("Chinese (Mandarin, latin as Pinyin)", ""),
                Voice("English (America)", ""),
            ],
            "zh",
            1,
        ),
        ([Voice("Chinese (Mandarin)", "")], "zh", None),
    ],
)
def test_the_voice_for_a_language(voices: list[Voice], language: str, best: int | None) -> None:
    assert best_voice(voices, language) == best


def test_without_the_library_there_is_none(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    assert engines() == []
    assert not Speaker().can_speak("zh")


def test_the_stand_in_counts_as_no_voice(qtbot: QtBot) -> None:
    assert "mock" not in engines()


@pytest.mark.usefixtures("english_only")
def test_a_press_reads_and_another_stops(show: Show, qtbot: QtBot) -> None:
    row = ReadAloud()
    show(row)
    row.show_text("Your data are kept for ninety days.", "en")
    assert row.button.isVisible()
    assert (row.button.text(), row.sentence.text()) == ("朗读告知", "")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.speaker.is_speaking)
    assert row.button.text() == "停止朗读"
    QTest.keyClick(row, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: not row.speaker.is_speaking())
    assert row.button.text() == "朗读告知"


@pytest.mark.usefixtures("english_only")
def test_another_text_or_a_closed_panel_ends_the_reading(show: Show, qtbot: QtBot) -> None:
    row = ReadAloud()
    show(row)
    row.show_text("One two three four five six seven.", "en")
    row.toggle()
    qtbot.waitUntil(row.speaker.is_speaking)
    row.show_text("告知", "zh")
    qtbot.waitUntil(lambda: not row.speaker.is_speaking())
    row.show_text("One two three four five six seven.", "en")
    row.toggle()
    qtbot.waitUntil(row.speaker.is_speaking)
    row.hide()
    qtbot.waitUntil(lambda: not row.speaker.is_speaking())


@pytest.mark.usefixtures("english_only")
def test_without_a_voice_for_the_language_a_person_reads(show: Show) -> None:
    row = ReadAloud()
    show(row)
    row.show_text("告知", "zh")
    assert not row.button.isVisible()
    assert row.sentence.text() == "本机没有这种语言的语音，请您念"
    row.toggle()
    assert not row.speaker.is_speaking()


@pytest.mark.usefixtures("no_voice")
def test_it_says_so_in_english_too(show: Show, qtbot: QtBot) -> None:
    row = ReadAloud()
    show(row)
    row.show_text("notice", "en")
    language().choose("en")
    qtbot.waitUntil(lambda: row.sentence.text().startswith("This machine has no voice"))
    language().choose("zh")
