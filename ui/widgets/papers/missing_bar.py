"""Owns the line that names what a form still lacks, each with a way to it; must not know why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import ButtonSize, LinkButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

translate = QCoreApplication.translate

_LINK: Final = ButtonSize(28, 13, 5, radius=6)


class MissingBar(QWidget):
    """``wanted`` carries the key of the field that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, LinkButton] = {}
        self._glyph = StatusGlyph(State.OK, 18)
        self.sentence = Label("", TextRole(13, 500))
        self._room = QWidget()
        self._flow = Flow(2, self._room)
        row = HBox(spacing=8, parent=self)
        row.addWidget(self._glyph)
        row.addWidget(self.sentence)
        # In the middle of the line while they need one line only.
        middle = VBox()
        middle.addStretch(1)
        middle.addWidget(self._room)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        self.unprintable = Label("", TextRole(13, 500, "warn_text"))
        self.unprintable.hide()
        row.addWidget(self.unprintable)

    def show_unprintable(self, characters: Sequence[str]) -> None:
        """Characters that no typeface of the program has: the paper tells them by their code."""
        words = translate("MissingBar", "“{text}”没有字形，纸上印编码")
        self.unprintable.setText(words.format(text="".join(characters)))
        self.unprintable.setVisible(bool(characters))

    def show_missing(self, missing: Sequence[tuple[str, str]]) -> None:
        """Key and label of every field that is missing; none says that all is there."""
        clear(self._flow)
        self.links = {}
        for key, label in missing:
            link = LinkButton(label, size=_LINK)
            link.setAutoDefault(False)
            link.clicked.connect(partial(self._pressed, key))
            self.links[key] = link
            self._flow.addWidget(link)
        self._glyph.set_state(State.ATTENTION if missing else State.OK)
        if missing:
            words = translate("MissingBar", "还缺 {n} 项").format(n=len(missing))
        else:
            words = translate("MissingBar", "内容齐全，可以签发")
        self.sentence.setText(words)
        self.sentence.set_token("warn_text" if missing else "ok_text")

    def _pressed(self, key: str, _checked: bool = False) -> None:
        self.wanted.emit(key)
