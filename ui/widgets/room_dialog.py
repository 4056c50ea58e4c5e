"""Owns what the questions about complaint rooms share: errors at the part they name, room to
scroll; must not know any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from ui.shell.station import Station, sentence
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.long_field import LongField
from ui.widgets.scrolled_dialog import ScrolledDialog
from ui.widgets.stage import VBox

P = TypeVar("P", bound=QWidget)
CAPTION = TextRole(13, 500, "ink2")
_GAP = 14


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


class RoomDialog(ScrolledDialog):
    """Build it by ``put``; what the command refuses is said at the part of that name.

    Esc and the way back ask first once words were typed.
    """

    def __init__(
        self, parent: QWidget, station: Station, title: str, text: str = "", *, width: int = 560
    ) -> None:
        super().__init__(parent, station, title, text, width=width)
        self.places: dict[str, Callable[[str], None]] = {}
        self._parts: dict[str, QWidget] = {}
        self._words: list[FieldEdit | LongField] = []

    def put(self, part: P, *names: str, say: Callable[[str], None] | None = None) -> P:
        """Another part; errors about ``names`` are said by ``say``, or by its ``set_error``."""
        speak = say or getattr(part, "set_error", None)
        if isinstance(part, FieldEdit | LongField):
            self._words.append(part)
        for name in names:
            assert speak is not None  # a part that has a name can say what is wrong
            self.name(name, part, speak)
        self.target.add_gap(_GAP)
        self.target.addWidget(part)
        return part

    def name(self, name: str, part: QWidget, say: Callable[[str], None]) -> None:
        """Errors about ``name`` are said by ``say``; ``part`` gets the keyboard then."""
        self.places[name] = say
        self._parts[name] = part

    def put_words(self, text: str, token: str = "ink2") -> Label:
        """A sentence between the parts."""
        return self.put(Label(text, TextRole(14, 400, token), wrap=True))

    def written(self) -> object:
        """The words that stand in it."""
        return tuple(part.text() for part in self._words)

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
        self.area.ensureWidgetVisible(part)
