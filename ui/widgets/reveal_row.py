"""Owns a field of a record that is masked until somebody says why he needs it whole, for 15 s.

Showing it is a command with a reason; who may not is offered emergency access.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.visitors.commands.reveal import SHOWN_S
from branch.visitors.rules import REVEAL_REASONS
from ui.models.visitor_words import reveal_reason_label
from ui.shell.station import Station, sentence
from ui.widgets.button import COMPACT, ButtonSize, LinkButton
from ui.widgets.dialog import ReasonDialog
from ui.widgets.glass_dialog import GlassDialog
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox

# The height of a value's line, px: that of the button beside it.
LINE = COMPACT.height
# An eye after the value, where several stand in one line of a page.
EYE = ButtonSize(24, 13, 5, icon_px=16, radius=6)
_GAP = 8
_NOT_PERMITTED = "reveal_not_permitted"


class RevealRow(QWidget):
    """Caption, masked value, 显示 (or an eye alone). ``make`` gives the command for a reason.

    ``refused`` carries a sentence and whether emergency access would help; the reason that was
    given is kept for it.
    """

    refused = Signal(str, bool)

    def __init__(
        self,
        station: Station,
        make: Callable[[str], object],
        caption: str,
        *,
        eye: bool = False,
    ) -> None:
        super().__init__()
        self._station, self._make, self._eye = station, make, eye
        self._masked = self._reason = ""
        self._left = 0
        self.caption = Label("", CAPTION)
        self.value = ElidedLabel("", TextRole(14, 500))
        self.value.setFixedHeight(EYE.height if eye else LINE)
        self.note = ElidedLabel("", CAPTION)
        self.button = LinkButton("", size=EYE if eye else COMPACT)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._pressed)
        line = HBox(spacing=4 if eye else _GAP)
        line.addWidget(self.value)
        line.addWidget(self.note)
        line.addWidget(self.button)
        line.addStretch(1)
        column = VBox(spacing=0 if eye else 2, parent=self)
        column.addWidget(self.caption)
        column.addLayout(line)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.set_caption(caption)

    def set_caption(self, caption: str) -> None:
        """Name the field; a value that is open is covered again."""
        self._caption = caption
        self.caption.setText(caption)
        self.button.setAccessibleName(self.tr("显示完整的{field}").format(field=caption))
        self.cover()

    def show_masked(self, masked: str) -> None:
        """The masked value; an open one is covered again."""
        self._masked = masked
        self.cover()

    def put(self, value: str, *, whole: bool) -> None:
        """Show a value, masked or whole; what is no text is shown otherwise by its own kind."""
        self.value.set_text(value)

    def words(self, value: Any) -> str:
        """What the command gave, as words."""
        return str(value)

    def is_open(self) -> bool:
        """Whether the whole value is shown."""
        return self._clock.isActive()

    def cover(self) -> None:
        """Mask the value again."""
        self._clock.stop()
        self.put(self._masked, whole=False)
        self.value.setMinimumWidth(0)
        self.note.set_text("")
        self.note.hide()
        self._say_button(self.tr("显示"), "eye-off")

    def reveal(self) -> None:
        """Ask for the whole value with the reason given last."""
        self._station.run(self, self._make(self._reason), self._show, self._not_shown)

    def break_glass(self) -> None:
        """Offer emergency access; once it is taken, the value is shown."""
        dialog = GlassDialog(_behind(self), self._station)
        dialog.broken.connect(lambda _until: self.reveal())
        dialog.open()

    def _pressed(self) -> None:
        if self.is_open():
            self.cover()
            return
        told = self.tr("显示 {n} 秒，会记下是谁、为什么看的").format(n=SHOWN_S)
        dialog = ReasonDialog(
            _behind(self),
            title=self.tr("为什么要看完整的{field}？").format(field=self._caption),
            text=told,
            reasons=[(code, reveal_reason_label(code)) for code in REVEAL_REASONS],
            confirm=self.tr("显示"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(self._because)
        dialog.open()

    def _because(self, reason: str, _words: str) -> None:
        self._reason = reason
        self.reveal()

    def _show(self, value: Any) -> None:
        self._left = SHOWN_S
        self.put(self.words(value), whole=True)
        self._say_button(self.tr("遮住"), "eye")
        self._say_left()
        # A number without its end is of no use: the seconds give way first.
        room = self.width() - self.button.sizeHint().width() - _GAP
        wanted = self.value.sizeHint().width()
        self.value.setMinimumWidth(min(wanted, room))
        self.note.setVisible(room - wanted >= self.note.sizeHint().width() + _GAP)
        self._clock.start()

    def _say_button(self, word: str, icon: str) -> None:
        if self._eye:
            self.button.set_icon_name(icon)
            self.button.setToolTip(word)
        else:
            self.button.setText(word)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.cover()
        else:
            self._say_left()

    def _say_left(self) -> None:
        text = self.tr("{n} 秒") if self._eye else self.tr("{n} 秒后遮住")
        self.note.set_text(text.format(n=self._left))

    def _not_shown(self, error: TingtangError) -> None:
        self.refused.emit(sentence(error), error.code == _NOT_PERMITTED)


def _behind(row: RevealRow) -> QWidget:
    """The window under the dialog that the row stands in: what is asked dims that one."""
    dialog = row.window()
    return dialog.parentWidget() or dialog
