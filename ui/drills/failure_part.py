"""Owns what a failed item asks for: what is wrong, who mends it, the photo; runs no command."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.rules import Item
from branch.inspections.sheets import Given
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.choice import CheckRow
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.staff_field import Colleague, StaffField
from ui.widgets.stage import HBox, VBox

_MISSING = TextRole(13, 500, "danger_text")


class FailurePart(QWidget):
    """``told`` says that something was filled in, ``photo_wanted`` and ``photo_opened`` that the
    photo is to be added or looked at."""

    told = Signal()
    photo_wanted = Signal()
    photo_opened = Signal()

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = item
        self._given: Given | None = None
        self._is_open = True
        self.missing = Label("", _MISSING, wrap=True)
        self.note = FieldEdit("")
        self.owner = StaffField("owner_unknown")
        self.mended = CheckRow("")
        self.photo = PlainButton("", icon="camera", size=SMALL_TOUCH)
        self.look = PlainButton("", icon="eye", size=SMALL_TOUCH)
        self.photo_error = ErrorLine()
        first = HBox(spacing=12)
        first.addWidget(self.note, 3)
        first.addWidget(self.owner, 2)
        second = HBox(spacing=12)
        second.addWidget(self.photo)
        second.addWidget(self.look)
        second.addWidget(self.mended)
        second.addStretch(1)
        column = VBox(spacing=8, margins=(42, 0, 0, 14), parent=self)
        column.addWidget(self.missing)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.photo_error)
        self.note.left.connect(self._left)
        self.note.edit.returnPressed.connect(self._left)
        self.owner.picked.connect(self._tell)
        self.mended.clicked.connect(self._tell)
        self.photo.clicked.connect(self.photo_wanted)
        self.look.clicked.connect(self.photo_opened)
        self.retranslate()
        self.hide()

    def show_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        """Offer these to put it right."""
        self.owner.show_colleagues(colleagues)

    def show_given(self, given: Given, *, open_still: bool) -> None:
        """Show what is kept; what is just being typed stays."""
        changed, self._given, self._is_open = given != self._given, given, open_still
        typing = self.note.edit.hasFocus() and self.note.edit.isModified()
        if changed and (not typing or self.note.text().strip() == given.note):
            self.note.set_text(given.note)
        if changed:
            self.owner.choose(given.owner)
            self.mended.setChecked(given.mended)
        self.note.edit.setReadOnly(not open_still)
        self.owner.setEnabled(open_still)
        self.mended.setEnabled(open_still)
        self.mended.setVisible(not self._item.critical)
        self.look.setVisible(bool(given.photo))
        self.photo.setVisible(open_still)
        self._show_missing()

    def lacks(self) -> str:
        """What is still missing, in words; nothing when it is complete."""
        given = self._given
        if given is None:
            return ""
        note = not given.note
        photo = self._item.critical and self._item.photo and not given.photo
        if note and photo:
            return self.tr("请写明情况并附照片")
        if note:
            return self.tr("请写明情况")
        return self.tr("请附照片") if photo else ""

    def focus_note(self) -> None:
        """Give the keyboard to the words."""
        self.note.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_missing(self) -> None:
        """Give the keyboard to what is still missing: the words first, then the photo."""
        if self._given is not None and not self._given.note:
            self.focus_note()
        else:
            self.photo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_missing(self) -> None:
        words = self.lacks() if self._is_open else ""
        self.missing.setText(words)
        self.missing.setVisible(bool(words))
        has = bool(self._given and self._given.photo)
        self.photo.setText(self.tr("换一张照片") if has else self.tr("添加照片"))

    def _left(self) -> None:
        edited = self.note.edit.isModified()
        if self._given is not None and edited and self.note.text().strip() != self._given.note:
            self._tell()

    def _tell(self) -> None:
        self.told.emit()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.note.set_label(self.tr("哪里不对"))
        self.owner.set_label(self.tr("由谁整改"))
        self.owner.retranslate()
        self.mended.set_text(self.tr("已当场处理好"))
        self.look.setText(self.tr("看照片"))
        self._show_missing()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
