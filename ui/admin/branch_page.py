"""Owns the page of the branch's settings; their limits are the branch's, not the page's."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.commands import ChangeSetting
from branch.kernel.errors import BadInput
from branch.kernel.setting import SETTINGS, checked_setting, setting
from branch.kernel.store import Store
from ui.admin.page import Drafts, FormPage, Place, SaveBar, on_edit, scrolled, whole_number
from ui.shell.station import Station, sentence
from ui.widgets.card import Card
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.stage import Grid, VBox

_WIDEST: Final = 860
# Key and value of every setting, the value as it was typed.
Values = tuple[tuple[str, str], ...]


def _read(store: Store) -> Values:
    return tuple((key, str(setting(store, key))) for key in SETTINGS)


class BranchPage(FormPage[Values]):
    """A field for every setting, with its limits under it."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.title = Label("", CARD_TITLE)
        self.fields = {key: FieldEdit("") for key in SETTINGS}
        self._limits = {key: Label("", CAPTION, wrap=True) for key in SETTINGS}
        self.bar = SaveBar()
        self.wire_form(self.bar, Drafts(self._values, self._put))
        card = Card()
        card.setMaximumWidth(_WIDEST)
        whole = VBox(spacing=16, margins=(20, 18, 10, 18), parent=card)
        whole.addWidget(self.title)
        inner = QWidget()
        grid = Grid(columns=2, spacing=20)
        for at, (key, field) in enumerate(self.fields.items()):
            cell = VBox(spacing=4)
            cell.addWidget(field)
            cell.addWidget(self._limits[key])
            cell.addStretch(1)
            grid.addLayout(cell, at // 2, at % 2)
            field.edit.returnPressed.connect(self.save)
        column = VBox(margins=(0, 0, 14, 0), parent=inner)
        column.addLayout(grid)
        column.addStretch(1)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)
        page = VBox(parent=self)
        page.addWidget(card, 1, Qt.AlignmentFlag(0))
        on_edit(self, self.follow)
        self.retranslate()

    def ask(self) -> None:
        """Read the settings anew."""
        self._station.ask(self, _read, self._take)

    def _take(self, values: Values) -> None:
        self.show_values("branch", values)
        self.loaded.emit()

    def _values(self) -> Values:
        return tuple((key, field.text()) for key, field in self.fields.items())

    def _put(self, values: Values) -> None:
        for key, text in values:
            self.fields[key].set_text(text)

    def save(self) -> None:
        """Store what was changed, when every number is within its limits."""
        if not self.bar.save.isEnabled():
            return
        self.forgive()
        values, commands, stands = self._values(), [], True
        kept = self._drafts.base or ()
        for key, text in values:
            try:
                value = checked_setting(key, whole_number(text, key))
            except BadInput as error:
                self.mark(self.fields[key], partial(sentence, error))
                stands = False
                continue
            if (key, text) not in kept:
                commands.append(ChangeSetting(key, value))
        if not stands:
            return
        places: dict[str, Place] = dict(self.fields)
        self.send(commands, lambda _none: self._saved(values), places, self.bar.trouble)

    def _saved(self, values: Values) -> None:
        self._drafts.saved("branch", values)
        self.told.emit(self.tr("已保存"))
        self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("本网点的规则"))
        words = {
            "calls_before_no_show": self.tr("叫几次后可以记过号（次）"),
            "recall_gap_s": self.tr("两次叫号至少间隔（秒）"),
            "lock_after_min": self.tr("没有操作多久后锁屏（分钟）"),
            "elderly_age": self.tr("老年客户的年龄（岁起）"),
            "undo_no_show_s": self.tr("过号可以撤销多久（秒）"),
            "undo_step_s": self.tr("其他操作可以撤销多久（秒）"),
            "visitor_badges": self.tr("访客牌有几张"),
        }
        for key, limit in SETTINGS.items():
            self.fields[key].set_label(words[key])
            self._limits[key].setText(
                self.tr("{least} 到 {most}，默认 {default}").format(
                    least=limit.least, most=limit.most, default=limit.default
                )
            )
        super().retranslate()
