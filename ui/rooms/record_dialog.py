"""Owns the record as the customer reads it on the screen, and his signature under it; keeps
neither."""

from __future__ import annotations

import json
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.rooms.queries.sessions import SessionView
from branch.rooms.rules import ON_PAPER, ON_SCREEN, REFUSED
from ui.models.complaint_words import joined
from ui.models.room_words import check_label, signed_label, wish_label
from ui.shell.station import Station
from ui.widgets.button import LARGE, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.signature import SignaturePad
from ui.widgets.stage import HBox, VBox
from ui.widgets.tick_item import TickItem

translate = QCoreApplication.translate
_WIDTH: Final = 760
_HEAD: Final = TextRole(13, 500, "ink3")
_TEXT: Final = TextRole(17)
_AROUND: Final = 430
_WAYS: Final = (ON_SCREEN, ON_PAPER, REFUSED)


def pen_path(text: str) -> str:
    """The pad's "M x y L x y …" as strokes of points in JSON, as a session keeps it."""
    words = text.split()
    strokes: list[list[list[int]]] = []
    for at in range(0, len(words), 3):
        if words[at] == "M":
            strokes.append([])
        strokes[-1].append([int(words[at + 1]), int(words[at + 2])])
    return json.dumps(strokes)


class RecordDialog(PanelDialog):
    """``signed`` carries the way and the signature; the customer has read the record then.

    Who would not sign is witnessed by the two who received him (form TS-08).
    """

    signed = Signal(str, str)

    def __init__(
        self, parent: QWidget, station: Station, view: SessionView, statement: str
    ) -> None:
        title = translate("RecordDialog", "接待笔录，请您看一遍")
        super().__init__(parent, title, width=_WIDTH)
        self._view = view
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        started = station.local(view.line.started_at)
        about = self.tr("{number}，{room}，{time} 开始，接待人 {names}").format(
            number=view.line.number,
            room=view.line.room_name,
            time=f"{started:%Y-%m-%d %H:%M}",
            names=joined(view.line.staff_names),
        )
        self.body.addWidget(Label(about, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self._record(parent, station, view, statement))
        self.body.add_gap(14)
        self.ways = SegmentedControl(
            [(code, signed_label(code)) for code in _WAYS],
            name=self.tr("怎样签名"),
            height=40,
            wide=True,
        )
        self.body.addWidget(self.ways)
        self.body.add_gap(10)
        self.pad = SignaturePad(height=104)
        self.pad.setAccessibleName(self.tr("签名处"))
        self.wipe_button = LinkButton(self.tr("重签"))
        self.wipe_button.setAutoDefault(False)
        self._pad_row = QWidget()
        row = HBox(spacing=8, parent=self._pad_row)
        row.addWidget(self.pad, 1)
        row.addWidget(self.wipe_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._pad_row)
        self.told = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self.body.addWidget(self.told)
        self.witnessed = TickItem(words=640, row=44)
        self.witnessed.set_text(
            self.tr("{names}都在场，见证客户看过笔录但不签名").format(
                names=joined(view.line.staff_names)
            )
        )
        self.body.addWidget(self.witnessed)
        self.back_button = PlainButton(self.tr("返回修改"), size=LARGE)
        self.confirm_button = PrimaryButton(self.tr("看过了"), size=LARGE)
        for button in (self.back_button, self.confirm_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.back_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self._confirm)
        self.wipe_button.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._follow)
        self.ways.chosen.connect(lambda _key: self._follow())
        self.witnessed.clicked.connect(lambda _on: self._follow())
        self._follow()
        self.area.setFocus()

    def _record(
        self, parent: QWidget, station: Station, view: SessionView, statement: str
    ) -> QWidget:
        well = Well(CANVAS_WELL)
        sheet = QWidget()
        column = VBox(margins=(0, 0, 12, 0), parent=sheet)
        for head, text in self._blocks(station, view, statement):
            column.addWidget(Label(head, _HEAD))
            column.add_gap(2)
            words = Label(text, _TEXT, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
            column.add_gap(14)
        column.addStretch(1)
        self.area = ScrollArea(sheet, reached=True, bare=True)
        self.area.setAccessibleName(self.tr("笔录内容"))
        self.area.setFixedHeight(max(200, parent.window().height() - _AROUND - 104))
        VBox(margins=(18, 14, 6, 8), parent=well).addWidget(self.area)
        return well

    def _blocks(self, station: Station, view: SessionView, statement: str) -> list[tuple[str, str]]:
        nothing = self.tr("无")
        checks = "\n".join(
            self.tr("，").join(
                part for part in (check.text, check.found, check_label(check.state)) if part
            )
            for check in view.checks
        )
        promises = "\n".join(
            self.tr("{text}，{owner}，{day}前").format(
                text=action.text, owner=action.owner_name, day=action.due_on
            )
            for action in view.promises
        )
        wishes = joined([wish_label(code) for code in sorted(view.wishes)])
        return [
            (self.tr("您说的"), statement or nothing),
            (self.tr("您希望"), wishes or nothing),
            (self.tr("一起核对的"), checks or nothing),
            (self.tr("约定的"), promises or nothing),
        ]

    def way(self) -> str:
        """How it is signed."""
        return self.ways.current()

    def _follow(self) -> None:
        way = self.way()
        self._pad_row.setVisible(way == ON_SCREEN)
        self.told.setVisible(way == ON_PAPER)
        self.told.setText(self.tr("请打印笔录，请客户在纸上签名，纸件附卷。"))
        self.witnessed.setVisible(way == REFUSED)
        ready = {
            ON_SCREEN: not self.pad.is_empty(),
            ON_PAPER: True,
            REFUSED: self.witnessed.isChecked(),
        }[way]
        self.confirm_button.setEnabled(ready)
        self.confirm_button.setText(
            self.tr("看过了，客户不签") if way == REFUSED else self.tr("看过了，已签名")
        )
        self.adjustSize()

    def _confirm(self) -> None:
        way = self.way()
        self.signed.emit(way, pen_path(self.pad.text()) if way == ON_SCREEN else "")
        self.accept()
