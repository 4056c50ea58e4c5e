"""Owns what the questions about complaint rooms share: errors at the part they name, room to
scroll; must not know any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from branch.kernel.errors import BadInput, TingtangError
from ui.shell.station import Station, sentence
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox, VBox

P = TypeVar("P", bound=QWidget)
CAPTION = TextRole(13, 500, "ink2")
_GAP = 14
# What the panel has beside the parts: its sides; head, error line, buttons and edges.
_SIDES, _AROUND = 56, 220


class Part(QWidget):
    """A caption over a control, and under it what would be right."""

    def __init__(self, caption: str, control: QWidget) -> None:
        super().__init__()
        self.caption = Label(caption, CAPTION)
        self.control = control
        self.error = ErrorLine()
        column = VBox(parent=self)
        column.addWidget(self.caption)
        column.add_gap(6)
        column.addWidget(control)
        column.addWidget(self.error)
        self.setFocusProxy(control)
        self.caption.setVisible(bool(caption))

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)


class RoomDialog(AskDialog):
    """Build it by ``put``; what the command refuses is said at the part of that name."""

    def __init__(
        self, parent: QWidget, station: Station, title: str, text: str = "", *, width: int = 560
    ) -> None:
        super().__init__(parent, station, title, text, width=width)
        self.station = station
        self.places: dict[str, Callable[[str], None]] = {}
        self._parts: dict[str, QWidget] = {}
        self._sheet = QWidget()
        self._column = VBox(parent=self._sheet)
        self._target = self._column
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._sheet)
        self.body.addWidget(self._area)
        self._sheet.installEventFilter(self)

    # -- building -------------------------------------------------------------------------------

    def split(self) -> tuple[VBox, VBox]:
        """Two columns side by side; ``into`` says in which the next parts stand."""
        left, right = VBox(), VBox()
        row = HBox(spacing=24)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self._column.addLayout(row)
        return left, right

    def into(self, column: VBox | None) -> None:
        """Where the next parts stand; None is the whole width again."""
        self._target = self._column if column is None else column

    def put(self, part: P, *names: str, say: Callable[[str], None] | None = None) -> P:
        """Another part; errors about ``names`` are said by ``say``, or by its ``set_error``."""
        speak = say or getattr(part, "set_error", None)
        for name in names:
            assert speak is not None  # a part that has a name can say what is wrong
            self.name(name, part, speak)
        self._target.add_gap(_GAP)
        self._target.addWidget(part)
        return part

    def name(self, name: str, part: QWidget, say: Callable[[str], None]) -> None:
        """Errors about ``name`` are said by ``say``; ``part`` gets the keyboard then."""
        self.places[name] = say
        self._parts[name] = part

    def put_words(self, text: str, token: str = "ink2") -> Label:
        """A sentence between the parts."""
        return self.put(Label(text, TextRole(14, 400, token), wrap=True))

    # -- room -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Parts that come, grow or say an error take the room they need."""
        if watched is self._sheet and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return bool(super().eventFilter(watched, event))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room the window gives."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        width = self.panel.width() - _SIDES
        layout = self._column
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else -1
        wanted = max(wanted, layout.sizeHint().height())
        parent = self.parentWidget()
        most = parent.window().height() - _AROUND if parent is not None else wanted
        height = min(wanted, max(most, 200))
        if height != self._area.height():
            self._area.setFixedHeight(height)
            self._settle()

    def _settle(self) -> None:
        """Stay in the window's middle."""
        self.adjustSize()
        parent = self.parentWidget()
        if self.isVisible() and parent is not None:
            window = parent.window()
            centre = window.mapToGlobal(window.rect().center())
            self.move(centre - self.rect().center())

    # -- refusals -------------------------------------------------------------------------------

    def forgive(self) -> None:
        """Take the sentences of the last refusal away."""
        super().forgive()
        for say in self.places.values():
            say("")

    def refuse(self, error: TingtangError) -> None:
        """Say why not, at the part that the error names; what was typed stays."""
        name = error.field if isinstance(error, BadInput) else ""
        if name not in self.places:
            super().refuse(error)
            return
        self.confirm_button.setEnabled(True)
        self.places[name](sentence(error))
        part = self._parts[name]
        part.setFocus()
        self._area.ensureWidgetVisible(part)
