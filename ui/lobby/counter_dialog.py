"""Owns the panel of one counter: its services, pause and close; must not carry them out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from branch.lobby.queries.waiting import CounterNow
from branch.lobby.rules import PAUSE_REASONS
from ui.lobby.picture import Picture, minutes
from ui.lobby.sayings import counter_label
from ui.models.words import pause_reason
from ui.shell.language import language
from ui.widgets.button import LARGE, SMALL_TOUCH, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Separator
from ui.widgets.choice import CheckRow
from ui.widgets.dialog import PanelDialog, ReasonDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import STRONG, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid, HBox, VBox

_LIST_HEIGHT = 400


class CounterDialog(PanelDialog):
    """Which services a counter can do, by group. ``add`` are services proposed in addition.

    ``services_wanted`` gives the new set, ``pause_wanted`` a reason, ``close_wanted`` nothing.
    """

    services_wanted = Signal(object)
    pause_wanted = Signal(str)
    close_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        shown: Picture,
        counter: CounterNow,
        now: int,
        *,
        add: frozenset[str] = frozenset(),
    ) -> None:
        title = counter_label(counter)
        super().__init__(parent, title, width=760)
        self._before = counter.services
        self._rows: dict[str, CheckRow] = {}
        self._groups: dict[str, LinkButton] = {}
        self._codes: dict[str, list[str]] = {}
        head = HBox(spacing=12)
        head.addWidget(Label(title, TextRole(20, 700)))
        head.addStretch(1)
        self.pause_button = PlainButton(self.tr("暂停服务"), size=SMALL_TOUCH, icon="pause")
        self.close_button = PlainButton(self.tr("关闭柜台"), size=SMALL_TOUCH)
        self.pause_button.setVisible(counter.state == "open")
        self.close_button.setVisible(counter.state != "closed")
        head.addWidget(self.pause_button)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self.body.add_gap(4)
        standing = self._standing(counter, now)
        self.body.addWidget(Label(standing, TextRole(15, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(Separator())
        self.body.addWidget(self._service_list(shown, counter.services | add))
        self.body.addWidget(Separator())
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.save_button = PrimaryButton(self.tr("保存业务"), size=LARGE)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.save_button)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.pause_button.clicked.connect(self._ask_reason)
        self.close_button.clicked.connect(self._close)
        for button in (self.pause_button, self.close_button):
            button.setAutoDefault(False)
        self.save_button.setDefault(True)
        for row in self._rows.values():
            row.toggled.connect(self._follow)
        self._follow()

    def service_row(self, code: str) -> CheckRow:
        """The row of one service."""
        return self._rows[code]

    def group_button(self, code: str) -> LinkButton:
        """The button that ticks or unticks a whole group."""
        return self._groups[code]

    def services(self) -> frozenset[str]:
        """The set as it is ticked now."""
        return frozenset(code for code, row in self._rows.items() if row.isChecked())

    def refuse(self, text: str) -> None:
        """Say why it was not done; the ticks stay."""
        self.error.show_error(text)
        for button in (self.pause_button, self.close_button):
            button.setEnabled(True)
        self._follow()
        self.adjustSize()

    def _standing(self, counter: CounterNow, now: int) -> str:
        since = self.tr("{n} 分钟").format(n=minutes(now - counter.since))
        who = counter.staff_name
        if counter.state == "closed":
            return self.tr("未开，没有柜员。业务从下一次叫号起生效。")
        if counter.ticket is not None:
            text = self.tr("{name} 正在办理 {number}。业务从下一次叫号起生效。")
            return text.format(name=who, number=counter.ticket.number)
        if counter.state == "paused":
            text = self.tr("{name} 暂停，{reason}，已 {since}。业务从下一次叫号起生效。")
            return text.format(name=who, reason=pause_reason(counter.reason), since=since)
        return self.tr("{name} 空闲。业务从下一次叫号起生效。").format(name=who)

    def _service_list(self, shown: Picture, ticked: frozenset[str]) -> QScrollArea:
        content = QWidget()
        column = VBox(margins=(0, 8, 12, 8), parent=content)
        speech = language().code
        for group in shown.console.groups:
            codes = [s.code for s in shown.console.services if s.group == group.code]
            if not codes:
                continue
            head = HBox(spacing=8)
            head.addWidget(Label(group.name.text(speech), STRONG))
            head.addStretch(1)
            button = LinkButton("", size=SMALL_TOUCH)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, codes=codes: self._turn(codes))
            self._groups[group.code] = button
            self._codes[group.code] = codes
            head.addWidget(button)
            column.addLayout(head)
            grid = Grid(columns=1 if speech == "en" else 2, spacing=0)
            across = 1 if speech == "en" else 2
            for at, code in enumerate(codes):
                row = CheckRow(shown.service(code).name.text(speech))
                row.setChecked(code in ticked)
                self._rows[code] = row
                grid.addWidget(row, at // across, at % across)
            column.addLayout(grid)
            column.add_gap(6)
        area = ScrollArea(content)
        area.setFixedHeight(_LIST_HEIGHT)
        return area

    def show_group(self, code: str) -> None:
        """Bring a group into sight, as the one asked about."""
        area = self.findChild(QScrollArea)
        if area is not None and code in self._groups:
            area.ensureWidgetVisible(self._groups[code], 0, _LIST_HEIGHT // 2)

    def _turn(self, codes: Sequence[str]) -> None:
        on = not all(self._rows[code].isChecked() for code in codes)
        for code in codes:
            self._rows[code].setChecked(on)

    def _follow(self) -> None:
        for group, button in self._groups.items():
            codes = self._codes[group]
            ticked = sum(self._rows[code].isChecked() for code in codes)
            words = self.tr("全不办") if ticked == len(codes) else self.tr("全办")
            button.setText(f"{ticked} / {len(codes)}  {words}")
        self.save_button.setEnabled(self.services() != self._before)

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        self.services_wanted.emit(self.services())

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(
            self,
            title=self.tr("为什么暂停？"),
            reasons=[(code, pause_reason(code)) for code in PAUSE_REASONS],
            confirm=self.tr("暂停服务"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(lambda code, _text: self._pause(code))
        dialog.open()

    def _pause(self, reason: str) -> None:
        self.pause_button.setEnabled(False)
        self.pause_wanted.emit(reason)

    def _close(self) -> None:
        self.close_button.setEnabled(False)
        self.close_wanted.emit()
