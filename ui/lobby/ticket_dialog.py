"""Owns the panel of one ticket: its facts, its classes, and what can be done; does none of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from branch.lobby.queries.waiting import QueuedTicket
from branch.lobby.rules import APPOINTMENT, ORDINARY
from branch.people.rules import permits
from ui.lobby.choice_dialog import SLOT, SlotDialog
from ui.lobby.drop_button import DropButton
from ui.lobby.picture import Picture, minutes
from ui.lobby.sayings import missed_words
from ui.lobby.slots import nearest_quarter, quarters_around
from ui.models.wait_words import wait_text
from ui.models.words import care_marks, class_label, hold_reason, print_state
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import LARGE, AccentButton, Button, PlainButton, PrimaryButton
from ui.widgets.card import Separator
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECOND, SECTION, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import Grid, HBox, VBox
from ui.widgets.status import CareChip
from ui.widgets.tile import Tile, TileContent

translate = QCoreApplication.translate

# The same here and on the console: why tickets are called in this order.
WHY_KEY = "F3"


class TicketDialog(PanelDialog):
    """A waiting, held or missed ticket.

    ``act`` gives what is wanted (call, complaint, leave, reception, reprint, return, resume, why),
    ``classes_wanted`` the corrected classes and the slot (ms) of an appointment or None.
    """

    act = Signal(str)
    classes_wanted = Signal(object, object)

    def __init__(
        self, parent: QWidget, station: Station, shown: Picture, ticket: QueuedTicket
    ) -> None:
        title = translate("TicketDialog", "号票 {number}").format(number=ticket.number)
        super().__init__(parent, title, width=880)
        self._station, self.ticket = station, ticket
        self._standing = self._where(shown, ticket)
        self._booked = APPOINTMENT in ticket.classes
        # Chosen here; None leaves the slot the ticket has.
        self._slot: int | None = None
        self._classes: dict[str, Tile] = {}
        self._buttons: dict[str, Button] = {}
        self._add_head(ticket)
        self.body.add_gap(14)
        self.body.addWidget(Separator())
        self.body.add_gap(14)
        self._add_classes(shown, ticket)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.body.add_gap(16)
        self.body.addWidget(Separator())
        self._add_actions(ticket)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.close_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.close_button)

    def button(self, action: str) -> Button:
        """The button of an action; raises KeyError where it does not fit the ticket."""
        return self._buttons[action]

    def class_tile(self, code: str) -> Tile:
        """The tile of one class."""
        return self._classes[code]

    def refuse(self, text: str) -> None:
        """Say why it was not done; what was chosen stays."""
        self.error.show_error(text)
        for button in self._buttons.values():
            button.setEnabled(True)
        self._enable()
        self.adjustSize()

    @staticmethod
    def _where(shown: Picture, ticket: QueuedTicket) -> str:
        if ticket in shown.console.missed:
            return "missed"
        return "held" if ticket in shown.console.held else "waiting"

    def _add_head(self, ticket: QueuedTicket) -> None:
        row = HBox(spacing=20)
        row.addWidget(BigNumber(ticket.number, px=48, weight=700))
        words = VBox()
        words.addWidget(
            Label(ticket.service_name.text(language().code), TextRole(16, 500), wrap=True)
        )
        words.add_gap(4)
        self.facts = Label(self._facts(ticket), SECOND, wrap=True)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        row.addWidget(self._why_button(), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        marks = care_marks(ticket.classes, ticket.care)
        if marks:
            chips = HBox(spacing=8, margins=(0, 12, 0, 0))
            for mark in marks:
                chips.addWidget(CareChip(mark.icon, mark.word))
            chips.addStretch(1)
            self.body.addLayout(chips)

    def _why_button(self) -> Button:
        button = PlainButton(self.tr("为什么这样排"), key=WHY_KEY)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._act("why"))
        QShortcut(QKeySequence(WHY_KEY), self).activated.connect(button.click)
        self._buttons["why"] = button
        return button

    def _facts(self, ticket: QueuedTicket) -> str:
        now = self._station.now_ms()
        came = f"{self._station.local(ticket.issued_at):%H:%M}"
        parts = [self.tr("{time} 取号").format(time=came)]
        if self._known_slot() is not None:
            parts.append(self.tr("预约 {time}").format(time=self._clock(self._known_slot())))
        if self._standing == "missed":
            parts.append(missed_words(ticket, now))
        elif self._standing == "held":
            reason = hold_reason(ticket.reason)
            parts.append(self.tr("挂起，{reason}").format(reason=reason))
        else:
            waited = minutes(ticket.waited(now))
            text = self.tr("已等候 {n} 分钟，目标 {target} 分钟")
            parts.append(text.format(n=waited, target=ticket.target))
            latest = self._station.waits.latest
            spread = latest.tickets.get(ticket.id) if latest else None
            if spread is not None:
                wait = wait_text(spread).lower()
                parts.append(self.tr("预计还要等：{wait}").format(wait=wait))
        if ticket.pinned is not None:
            parts.append(self.tr("指定 {counter} 号柜台").format(counter=ticket.pinned))
        parts.append(self.tr("号票{state}").format(state=print_state(ticket.print_state)))
        return self.tr("，").join(parts)

    def _add_classes(self, shown: Picture, ticket: QueuedTicket) -> None:
        self.body.addWidget(Label(self.tr("优先类别，改后位置只会提前"), SECTION))
        self.body.add_gap(8)
        grid = Grid(columns=4, spacing=8)
        codes = [item.code for item in shown.classes if item.code != ORDINARY]
        for at, code in enumerate(codes):
            tile = Tile(SLOT, TileContent(class_label(code)))
            tile.setCheckable(True)
            tile.setChecked(code in ticket.classes)
            tile.clicked.connect(lambda on, code=code: self._turn(code, on))
            self._classes[code] = tile
            grid.addWidget(tile, at // 4, at % 4)
        self.body.addLayout(grid)
        row = HBox(spacing=8, margins=(0, 10, 0, 0))
        self.slot_button = DropButton()
        self.slot_button.setFixedWidth(120)
        self.slot_button.clicked.connect(self._ask_slot)
        self.class_button = AccentButton(self.tr("改类别"), size=LARGE)
        self.class_button.clicked.connect(self._set_classes)
        row.addWidget(self.slot_button)
        row.addStretch(1)
        row.addWidget(self.class_button)
        self.body.addLayout(row)
        self._enable()

    def _add_actions(self, ticket: QueuedTicket) -> None:
        for at, (action, kind, text, icon) in enumerate(self._actions(ticket)):
            button = kind(text, size=LARGE, icon=icon)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, action=action: self._act(action))
            self._buttons[action] = button
            self.buttons.insertWidget(at, button)
        first = self._buttons[self._actions(ticket)[0][0]]
        first.setAutoDefault(True)
        first.setDefault(True)
        first.setFocus()

    def _actions(self, ticket: QueuedTicket) -> list[tuple[str, type[Button], str, str]]:
        actions: list[tuple[str, type[Button], str, str]] = []
        if self._standing == "missed":
            actions.append(("return", PrimaryButton, self.tr("回来了"), "arrow-left"))
        elif self._standing == "held":
            actions.append(("resume", PrimaryButton, self.tr("恢复"), "arrow-left"))
        else:
            actions.append(("call", PrimaryButton, self.tr("优先叫号"), "speaker"))
        printed = ticket.print_state in ("printed", "reprinted")
        again = self.tr("重印") if printed or ticket.print_state == "failed" else self.tr("打印")
        actions.append(("reprint", PlainButton, again, "printer"))
        actions.append(("leave", PlainButton, self.tr("已离开"), "sign-out"))
        if permits("RecordReception", self._station.person.roles):
            actions.append(("reception", PlainButton, self.tr("接待记录"), "document"))
        if permits("Register", self._station.person.roles):
            actions.append(("complaint", PlainButton, self.tr("转投诉"), "complaint"))
        return actions

    def _turn(self, code: str, on: bool) -> None:
        if code == APPOINTMENT:
            nearest = round(nearest_quarter(self._station.now()).timestamp() * 1000)
            self._slot = nearest if on and not self._booked else None
        self._enable()

    def _ask_slot(self) -> None:
        slot = self._slot if self._slot is not None else self._known_slot()
        current = self._station.local(slot) if slot is not None else None
        dialog = SlotDialog(self, quarters_around(self._station.now()), current, codes=False)
        dialog.chosen.connect(self._take_slot)
        dialog.open()

    def _take_slot(self, ms: str) -> None:
        self._slot = int(ms)
        self._enable()

    def _known_slot(self) -> int | None:
        """The slot the ticket has; one before the issue counts no more and is not kept here."""
        ticket = self.ticket
        return ticket.began_at if self._booked and ticket.began_at > ticket.issued_at else None

    def _clock(self, slot: int | None) -> str:
        return self.tr("原定时间") if slot is None else f"{self._station.local(slot):%H:%M}"

    def _chosen(self) -> frozenset[str]:
        return frozenset(code for code, tile in self._classes.items() if tile.isChecked())

    def _enable(self) -> None:
        booked = self._classes.get(APPOINTMENT)
        self.slot_button.setVisible(booked is not None and booked.isChecked())
        slot = self._slot if self._slot is not None else self._known_slot()
        self.slot_button.show_choice(self.tr("预约时间"), self._clock(slot))
        before = frozenset(self.ticket.classes) - {ORDINARY}
        self.class_button.setEnabled(self._chosen() != before or self._slot is not None)

    def _set_classes(self) -> None:
        self.class_button.setEnabled(False)
        self.classes_wanted.emit(self._chosen(), self._slot)

    def _act(self, action: str) -> None:
        self._buttons[action].setEnabled(False)
        self.act.emit(action)
