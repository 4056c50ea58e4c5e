"""Owns the proposal for the block list: name, other names, reason, end; must not decide on it."""

from __future__ import annotations

import re
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from branch.visitors.commands.blocking import ProposeBlock
from branch.visitors.rules import BLOCK_REASONS
from ui.models.visitor_words import block_reason_label
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.masked_field import PRIVATE
from ui.widgets.moment_fields import DayField
from ui.widgets.stage import Grid

translate = QCoreApplication.translate

_USUAL_DAYS = 90
_BETWEEN = re.compile(r"[,;\uff0c\uff1b\u3001]")


class BlockDialog(PanelDialog):
    """Asks for an entry and proposes it; ``proposed`` tells it stands. Errors at their field."""

    proposed = Signal()

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("BlockDialog", "提议加入名单")
        super().__init__(parent, title, width=620)
        self._station = station
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        told = self.tr(
            "全名一致才提示，名字的一部分相同不算。另一位同事同意后生效；来访者看不到原因。"
        )
        self.body.addWidget(Label(told, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(16)
        self.name = FieldEdit(self.tr("姓名"))
        self.aliases = FieldEdit(self.tr("其他名字"), placeholder=self.tr("用顿号或逗号分开"))
        self.reason = ChoiceField()
        self.reason.set_label(self.tr("原因"))
        self.reason.combo.set_choices([(c, block_reason_label(c)) for c in BLOCK_REASONS])
        self.reason.combo.setPlaceholderText(self.tr("请选择"))
        self.reason.combo.choose("")
        self.until = DayField()
        self.until.set_label(self.tr("到期日"))
        self.until.set_day(station.now().date() + timedelta(days=_USUAL_DAYS))
        self.number = FieldEdit(self.tr("证件号"), placeholder=self.tr("可不填，只存核对码"))
        self.text = FieldEdit(self.tr("说明"))
        for field in (self.name, self.aliases, self.number, self.text):
            field.edit.setInputMethodHints(PRIVATE)
        grid = Grid(columns=2, spacing=12)
        parts = (self.name, self.aliases, self.reason, self.until, self.number, self.text)
        for at, part in enumerate(parts):
            grid.addWidget(part, at // 2, at % 2)
        self.body.addLayout(grid)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.propose_button = PrimaryButton(self.tr("提议"), size=LARGE)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.propose_button)
        self.cancel_button.setAutoDefault(False)
        self.propose_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.propose_button.clicked.connect(self._propose)
        self.name.setFocus()

    def _propose(self) -> None:
        self.error.show_error("")
        self.propose_button.setEnabled(False)
        aliases = (part.strip() for part in _BETWEEN.split(self.aliases.text()))
        command = ProposeBlock(
            name=self.name.text(),
            reason=self.reason.combo.code(),
            text=self.text.text(),
            expires_on=self.until.day(),
            aliases=tuple(alias for alias in aliases if alias),
            number=self.number.text(),
        )
        self._station.run(self, command, self._done, self._refused)

    def _done(self, _entry: int) -> None:
        self.proposed.emit()
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.propose_button.setEnabled(True)
        places = {
            "name": self.name.set_error,
            "aliases": self.aliases.set_error,
            "reason": self.reason.set_error,
            "expires_on": self.until.set_error,
            "text": self.text.set_error,
        }
        field = error.field if isinstance(error, BadInput) else ""
        told = sentence(error)
        if field == "reason":
            told = self.tr("请选择原因")
        places.get(field, self.error.show_error)(told)
        self.adjustSize()
