"""Owns the one entry shown whole: words, what was recorded, its hash and the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.kernel.journal import Entry, canonical
from reports.forms.audit_words import AuditLine
from ui.admin.page import scrolled
from ui.widgets.card import Card
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label, TextRole
from ui.widgets.stage import VBox

_HASH = TextRole(13, 400, "ink2")
_GROUP = 8


class AuditDetails(Card):
    """Everything that stands in the journal of one entry; its texts can be marked and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._entry: Entry | None = None
        self.title = Label("", CARD_TITLE)
        self._captions = [Label("", CAPTION) for _ in range(7)]
        roles = (BODY,) * 5 + (_HASH,) * 2
        self.values = [Label("", role, wrap=True) for role in roles]
        inner = QWidget()
        column = VBox(margins=(0, 0, 10, 0), parent=inner)
        for caption, value in zip(self._captions, self.values, strict=True):
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(caption)
            column.add_gap(2)
            column.addWidget(value)
            column.add_gap(10)
        column.addStretch(1)
        whole = VBox(spacing=12, margins=(20, 16, 10, 16), parent=self)
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inner), 1)

    @property
    def revision(self) -> int:
        """The entry shown, 0 for none."""
        return self._entry.revision if self._entry else 0

    def show_entry(self, entry: Entry, line: AuditLine) -> None:
        """Show an entry; the hash before it follows by ``show_before``."""
        if entry.revision != self.revision:
            self.values[6].setText("")
        self._entry = entry
        said = (
            line.what,
            line.subject,
            self.tr("，").join((line.who, line.place)),
            line.time,
            canonical(entry.data).replace(",", ", ").replace(":", ": "),
            _grouped(entry.hash),
        )
        for value, text in zip(self.values, said, strict=False):
            value.setText(text)
        self._say()

    def show_before(self, digest: str) -> None:
        """The hash that the entry is chained to."""
        self.values[6].setText(_grouped(digest) or self.tr("没有，这是第一条"))

    def clear(self) -> None:
        """Show no entry."""
        self._entry = None
        for value in self.values:
            value.setText("")
        self._say()

    def _say(self) -> None:
        if self._entry:
            self.title.setText(self.tr("第 {n} 条").format(n=self._entry.revision))
        else:
            self.title.setText(self.tr("请选一条记录"))
        for caption in self._captions:
            caption.setVisible(self._entry is not None)

    def retranslate(self) -> None:
        """Take the words anew."""
        words = (
            self.tr("做了什么"),
            self.tr("对谁或什么"),
            self.tr("谁，在哪里"),
            self.tr("时间"),
            self.tr("记录内容"),
            self.tr("校验码"),
            self.tr("前一条的校验码"),
        )
        for caption, value, text in zip(self._captions, self.values, words, strict=True):
            caption.setText(text)
            value.setAccessibleName(text)
        self._say()


def _grouped(digest: str) -> str:
    """A hash in groups, so that a line can end between them."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
