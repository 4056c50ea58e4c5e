"""Owns the difference of two texts word by word, and how it is shown; knows no form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.label import Label, TextRole

SAME, GONE, NEW = "same", "gone", "new"
# A Han character is a word of its own; letters and digits stand together.
_WORDS: Final = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
# As it stands under a field of a form.
_BESIDE: Final = TextRole(13, 400, "ink2")


@dataclass(frozen=True)
class Change:
    """A piece of text: the same in both, gone from the first, new in the second."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> tuple[Change, ...]:
    """What became of ``before``, piece by piece in reading order; what is gone stands first."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Change] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind == "equal":
            found.append(Change(SAME, "".join(old[left:left_end])))
            continue
        if left < left_end:
            found.append(Change(GONE, "".join(old[left:left_end])))
        if right < right_end:
            found.append(Change(NEW, "".join(new[right:right_end])))
    return tuple(found)


class ChangeLabel(Label):
    """The pieces in one paragraph: what is gone struck out, what is new underlined, each in a
    colour besides. ``spoken`` says the same in words, for a screen reader."""

    def __init__(self, role: TextRole = _BESIDE, parent: QWidget | None = None) -> None:
        self._pieces: tuple[Change, ...] = ()
        super().__init__("", role, wrap=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    def show_changes(self, before: str, after: str) -> None:
        """Show what changed; the label takes no room while nothing did."""
        self.show_pieces(word_changes(before, after) if before != after else ())

    def show_pieces(self, pieces: tuple[Change, ...]) -> None:
        """Show these; the label takes no room without any."""
        self._pieces = pieces
        self._draw()
        self.setVisible(bool(self._pieces))

    def spoken(self) -> str:
        """What is gone and what is new, in words."""
        gone = "，".join(one.text for one in self._pieces if one.kind == GONE)
        new = "，".join(one.text for one in self._pieces if one.kind == NEW)
        parts = []
        if gone:
            words = QCoreApplication.translate("PaperChanges", "删去：{text}")
            parts.append(words.format(text=gone))
        if new:
            words = QCoreApplication.translate("PaperChanges", "加上：{text}")
            parts.append(words.format(text=new))
        return "；".join(parts)

    def refresh(self) -> None:
        """Take font and colours anew."""
        super().refresh()
        self._draw()

    def _draw(self) -> None:
        theme = self.theme()
        look = {
            GONE: f"color:{theme.danger_text};text-decoration:line-through",
            NEW: f"color:{theme.ok_text};text-decoration:underline;font-weight:500",
        }
        parts = []
        for piece in self._pieces:
            text = escape(piece.text).replace("\n", "<br>")
            style = look.get(piece.kind)
            parts.append(f'<span style="{style}">{text}</span>' if style else text)
        self.setText("".join(parts))
        self.setAccessibleName(self.spoken())
