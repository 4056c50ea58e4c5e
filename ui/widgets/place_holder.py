"""Owns what stands where there is nothing yet: empty, loading, failed; must not load anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.button import LinkButton, PlainButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import HBox, VBox

LOADING_SHOWS_AFTER_MS: Final = 400
LOADING_SPEAKS_AFTER_MS: Final = 5000

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class _Message(QWidget):
    pressed = Signal()
    second_pressed = Signal()

    def __init__(
        self,
        icon: str,
        token: str,
        title: str,
        lines: Sequence[str],
        button: str,
        second_button: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.icon = IconLabel(icon, 56, token, stroke=1.4)
        self.title = Label("", TextRole(18, 700), wrap=True, align=_CENTRE)
        self.lines = Label("", TextRole(14, 400, "ink2"), wrap=True, align=_CENTRE)
        self.button = PlainButton("")
        self.second_button = LinkButton("")
        column = VBox(parent=self)
        column.addStretch(1)
        column.addWidget(self.icon, 0, _CENTRE)
        column.add_gap(14)
        column.addWidget(self.title)
        column.add_gap(4)
        column.addWidget(self.lines)
        self._buttons = QWidget()
        row = HBox(spacing=8, margins=(0, 16, 0, 0), parent=self._buttons)
        row.addStretch(1)
        row.addWidget(self.button)
        row.addWidget(self.second_button)
        row.addStretch(1)
        column.addWidget(self._buttons)
        column.addStretch(1)
        self.button.clicked.connect(self.pressed)
        self.second_button.clicked.connect(self.second_pressed)
        self._say(title, lines, button, second_button)

    def _say(self, title: str, lines: Sequence[str], button: str, second_button: str) -> None:
        self.title.setText(title)
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(any(lines))
        for control, text in ((self.button, button), (self.second_button, second_button)):
            control.setText(text)
            control.setVisible(bool(text))
            control.updateGeometry()
        self._buttons.setVisible(bool(button or second_button))
        self.setAccessibleName("，".join([title, *lines]))


class EmptyState(_Message):
    """A bold sentence that says what is true, and one that says what will happen."""

    def __init__(
        self,
        icon: str,
        title: str,
        second: str = "",
        *,
        button: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon, "accent", title, [second], button, "", parent)

    def set_texts(self, title: str, second: str = "", *, button: str = "") -> None:
        """Say something else, or the same in another language."""
        self._say(title, [second], button, "")


class ErrorState(_Message):
    """What happened, what still works and since when, what is being done, one button."""

    def __init__(
        self,
        title: str,
        lines: Sequence[str] = (),
        *,
        button: str = "",
        second_button: str = "",
        icon: str = "wifi-off",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon, "danger", title, lines, button, second_button, parent)

    def set_texts(
        self,
        title: str,
        lines: Sequence[str] = (),
        *,
        button: str = "",
        second_button: str = "",
    ) -> None:
        """Say something else, or the same in another language."""
        self._say(title, lines, button, second_button)


class LoadingRows(Themed, QWidget):
    """Still grey bars in the shape of rows; nothing for 400 ms, words after 5 s."""

    _WIDTHS: Final = (180, 140, 210, 160, 190)

    def __init__(
        self, rows: int = 5, *, row_height: int = 50, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows, self._row_height = rows, row_height
        self._bars = self._words = False
        self._show_bars, self._show_words = QTimer(self), QTimer(self)
        for timer, delay, slot in (
            (self._show_bars, LOADING_SHOWS_AFTER_MS, self._draw_bars),
            (self._show_words, LOADING_SPEAKS_AFTER_MS, self._say_words),
        ):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(slot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def start(self) -> None:
        """Begin to wait."""
        self.stop()
        self._show_bars.start()
        self._show_words.start()

    def stop(self) -> None:
        """What was waited for has come."""
        self._show_bars.stop()
        self._show_words.stop()
        self._bars = self._words = False
        self.update()

    def bars_shown(self) -> bool:
        """Whether the grey bars are drawn."""
        return self._bars

    def words_shown(self) -> bool:
        """Whether the sentence is drawn."""
        return self._words

    def retranslate(self) -> None:
        """Take the sentence anew."""
        self._sentence = QCoreApplication.translate("LoadingRows", "正在载入，请稍候")
        self.setAccessibleName(self._sentence)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _draw_bars(self) -> None:
        self._bars = True
        self.update()

    def _say_words(self) -> None:
        self._words = True
        self.update()

    def sizeHint(self) -> QSize:
        """All rows and a line of words."""
        return QSize(round(self.px(240)), round(self.px(self._rows * self._row_height + 40)))

    def paintEvent(self, _event: object) -> None:
        """Three bars a row, a rule under each."""
        if not self._bars:
            return
        painter, theme = self.begin_painting(), self.theme()
        grey, height = theme.colour("sunken"), self.px(14)
        step = self.px(self._row_height)
        for number in range(self._rows):
            top = number * step + (step - height) / 2
            middle = self.px(self._WIDTHS[number % len(self._WIDTHS)])
            first, last, left = self.px(64), self.px(48), self.px(80)
            middle = max(0.0, min(middle, self.width() - left - last - self.px(16)))
            for x, width in ((0.0, first), (left, middle), (self.width() - last, last)):
                paint_box(painter, QRectF(x, top, width, height), self.px(5), grey)
            rule = QRectF(0, (number + 1) * step - self.px(1), self.width(), self.px(1))
            painter.fillRect(rule, theme.colour("line"))
        if self._words:
            place = QRectF(0, self._rows * step + self.px(12), self.width(), self.px(21))
            self.paint_text(painter, place, self._sentence, self.font_px(14), theme.colour("ink2"))
