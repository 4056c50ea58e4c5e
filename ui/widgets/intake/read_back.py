"""Owns the page that is read aloud to whoever complains before it is registered; sends nothing.

It shows what he said and nothing of the house: he may look at the screen as well, so severity,
sensitivity and who keeps away from it are left out. What he said stands first and is read; how it
came and how it is classed stands below, for whoever registers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.deadlines import STAGES
from branch.kernel.masking import document_tail
from ui.models.complaint_words import (
    biz_channel_label,
    biz_class_label,
    capacity_label,
    channel_label,
    joined,
    kind_label,
    reason_label,
    reply_wish_label,
)
from ui.models.dates import day_text
from ui.models.money import yuan_of
from ui.models.visitor_words import document_tail_text
from ui.shell.station import Station
from ui.widgets.choice import CheckRow
from ui.widgets.field import ErrorLine
from ui.widgets.intake.draft import Draft
from ui.widgets.label import CARD_TITLE, SECOND, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid, HBox, VBox, clear

_VALUE, _NAME = TextRole(17, 500), TextRole(14, 400, "ink3")
# Who is there to be read to.
_PRESENT = ("on_site", "phone")


class ReadBack(QWidget):
    """``settled`` tells that one of the two ticks was set or taken back."""

    settled = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._draft = Draft()
        self._names: tuple[str, ...] = ()
        self._known: Mapping[str, str] = {}
        self.title, self.hint = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        # What the sheet shows by its name, and which of it is read aloud.
        self.rows: dict[str, str] = {}
        self.aloud: tuple[str, ...] = ()
        self._sheet = QWidget()
        self._grid = Grid(spacing=0, parent=self._sheet)
        for at in (1, 3):
            self._grid.setColumnStretch(at, 1)
        self.area = ScrollArea(self._sheet, reached=True)
        self.said, self.unsaid = CheckRow(""), CheckRow("")
        self.error = ErrorLine()
        column = VBox(parent=self)
        column.addWidget(self.title)
        column.add_gap(2)
        column.addWidget(self.hint)
        column.add_gap(10)
        column.addWidget(self.area, 1)
        column.add_gap(8)
        ticks = HBox(spacing=20)
        ticks.addWidget(self.said, 1)
        ticks.addWidget(self.unsaid, 1)
        column.addLayout(ticks)
        column.addWidget(self.error)
        self.said.clicked.connect(self._on_said)
        self.unsaid.clicked.connect(self._on_unsaid)
        self.retranslate()

    def show_draft(self, draft: Draft, staff: tuple[str, ...], known: Mapping[str, str]) -> None:
        """Show what will be registered; what was ticked for something else is taken back. What is
        ``known`` of him already, masked, by field, stands where nothing else was typed."""
        if draft != self._draft:
            self.said.setChecked(False)
            self.unsaid.setChecked(False)
        self._draft, self._names, self._known = draft, staff, known
        self.error.show_error("")
        self.retranslate()

    def is_read_back(self) -> bool:
        """Whether it was read to him and he agreed."""
        return self.said.isChecked()

    def is_settled(self) -> bool:
        """Whether it was read back, or there is nobody to read it to."""
        return self.said.isChecked() or self.unsaid.isChecked() or not self._somebody_there()

    def _somebody_there(self) -> bool:
        return self._draft.source.channel in _PRESENT

    def _on_said(self, on: bool) -> None:
        self.unsaid.setChecked(self.unsaid.isChecked() and not on)
        self.error.show_error("")
        self.settled.emit()

    def _on_unsaid(self, on: bool) -> None:
        self.said.setChecked(self.said.isChecked() and not on)
        self.error.show_error("")
        self.settled.emit()

    # -- the sheet ------------------------------------------------------------------------------

    def _show(self) -> None:
        clear(self._grid)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self.rows = {}
        row = self._put_pairs(0, self._person())
        for name, value in self._said():
            self._put(row, 0, name, value, span=3)
            row += 1
        row = self._put_pairs(row, self._around())
        self.aloud = tuple(self.rows)
        if self._somebody_there():
            quiet = Label(self.tr("下面的不用念"), _NAME)
            quiet.setContentsMargins(0, 18, 0, 2)
            self._grid.addWidget(quiet, row, 0, 1, 4)
            row += 1
        self._grid.setRowStretch(self._put_pairs(row, self._came()), 1)

    def _put_pairs(self, row: int, facts: Sequence[tuple[str, str]]) -> int:
        """Two facts side by side; returns the next free row."""
        there = [(name, value) for name, value in facts if value]
        for at, (name, value) in enumerate(there):
            self._put(row + at // 2, at % 2 * 2, name, value, span=1)
        return row + (len(there) + 1) // 2

    def _put(self, row: int, column: int, name: str, value: str, *, span: int) -> None:
        self.rows[name] = value
        caption, words = Label(name, _NAME), Label(value, _VALUE, wrap=True)
        caption.setContentsMargins(0, 8, 20, 6)
        words.setContentsMargins(0, 6, 20, 6)
        words.setAccessibleName(f"{name} {value}")
        self._grid.addWidget(caption, row, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, column + 1, 1, span, Qt.AlignmentFlag.AlignTop)

    def _came(self) -> tuple[tuple[str, str], ...]:
        source, matter = self._draft.source, self._draft.matter
        classes = (
            (matter.biz_channel, biz_channel_label),
            (matter.biz_class, biz_class_label),
            (matter.reason, reason_label),
        )
        return (
            (self.tr("类型"), kind_label(source.kind)),
            (self.tr("渠道"), channel_label(source.channel, source.forwarded)),
            (self.tr("接收时间"), self._received()),
            (self.tr("分类"), joined([label(code) for code, label in classes if code])),
        )

    def _said(self) -> tuple[tuple[str, str], ...]:
        matter = self._draft.matter
        # A title that was taken from the facts would be read to him twice.
        is_own = not matter.facts.startswith(matter.title.rstrip("…"))
        return (
            *([(self.tr("标题"), matter.title)] if is_own else []),
            (self.tr("情况"), matter.facts),
            (self.tr("要求"), matter.claims or self.tr("没有提出要求")),
            *([(self.tr("依据"), matter.basis)] if matter.basis else []),
        )

    def _around(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("时间地点"), self._when_and_where()),
            (self.tr("金额"), self._amount()),
            (self.tr("涉及员工"), joined(self._names)),
        )

    def _person(self) -> tuple[tuple[str, str], ...]:
        who = self._draft.who
        known = self._known.get
        people = self.tr("共 {n} 人").format(n=who.parties) if who.parties != 1 else ""
        heads = joined(who.representatives) or (known("representatives", "") if people else "")
        together = self.tr("{people}，代表：{names}").format(people=people, names=heads)
        tail = document_tail(who.document_number)
        document = document_tail_text(who.document, tail) if tail else known("document_tail", "")
        if who.anonymous:
            name = self.tr("匿名")
        else:
            text = self.tr("{name}（{capacity}）")
            name = text.format(
                name=who.name or known("name", ""), capacity=capacity_label(who.capacity)
            )
        return (
            (self.tr("投诉人"), name),
            (self.tr("受托人"), self._agent()),
            (self.tr("法定代表人"), who.legal_person or self._of_company("legal_person")),
            (self.tr("统一社会信用代码"), who.credit_code or self._of_company("credit_code")),
            (self.tr("电话"), _grouped(who.phone or known("phone", ""))),
            (self.tr("答复方式"), "" if who.anonymous else reply_wish_label(who.reply_wish)),
            (self.tr("地址"), who.address or known("address", "")),
            (self.tr("邮箱"), who.email or known("email", "")),
            (self.tr("证件"), document),
            (self.tr("共同反映"), together if heads else people),
            (self.tr("保密"), self.tr("要求保密") if who.confidential else ""),
        )

    def _agent(self) -> str:
        who, known = self._draft.who, self._known.get
        if who.capacity != "agent":
            return ""
        parts = (who.agent or known("agent", ""), who.agent_phone or known("agent_phone", ""))
        return " ".join(part for part in parts if part)

    def _of_company(self, name: str) -> str:
        of_one = self._draft.who.capacity == "legal_representative"
        return self._known.get(name, "") if of_one else ""

    def _received(self) -> str:
        at = self._draft.source.received_at
        moment = self._station.now() if at is None else self._station.local(at)
        text = self.tr("{day} {time}").format(day=day_text(moment), time=f"{moment:%H:%M}")
        if self._draft.source.kind != "complaint":
            return text
        return self.tr("{moment}，法定期限 {n} 日").format(moment=text, n=STAGES[0])

    def _when_and_where(self) -> str:
        matter = self._draft.matter
        day = date.fromisoformat(matter.incident_on) if matter.incident_on else None
        parts = (day_text(day) if day else "", matter.incident_place)
        return self.tr("，").join(part for part in parts if part)

    def _amount(self) -> str:
        amount = self._draft.matter.amount
        return "" if amount is None else self.tr("{yuan} 元").format(yuan=yuan_of(amount))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        there = self._somebody_there()
        self.title.setText(self.tr("请念给客户听，或请他看") if there else self.tr("请再看一遍"))
        self.area.setAccessibleName(self.title.text())
        self.hint.setText(
            self.tr("客户说不对的，回上一步改；念完请问：我这样记，您看对吗？")
            if there
            else self.tr("来件人不在场，核对原件后登记。")
        )
        self.said.set_text(self.tr("已复述，客户确认"))
        self.unsaid.set_text(self.tr("客户不便听复述"))
        self.said.setVisible(there)
        self.unsaid.setVisible(there)
        self._show()


def _grouped(phone: str) -> str:
    """A mobile number in three groups, as one reads it aloud."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 else phone
