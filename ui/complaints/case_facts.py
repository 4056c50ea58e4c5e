"""Owns the grid of what is known of a case and its complainant, masked; asks why before it shows.

A field that is empty takes no place.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.revealing import RevealCase
from ui.complaints.due_words import short_iso
from ui.complaints.record import CaseRecord
from ui.models.complaint_words import (
    biz_channel_label,
    biz_class_label,
    capacity_label,
    channel_label,
    identity_label,
    joined,
    reason_label,
    reply_wish_label,
)
from ui.models.visitor_words import document_tail_text
from ui.shell.station import Station
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.reveal_banner import RevealBanner
from ui.widgets.reveal_row import EYE, RevealRow
from ui.widgets.stage import Grid, VBox

_COLUMNS = 4
_REVEALED = ("name", "phone", "agent", "agent_phone", "address", "email")
_ORDER = (
    "name", "phone", "channel", "handler", "agent", "agent_phone", "address", "email",
    "biz_class", "reason", "biz_channel", "wish", "registered", "received", "identity", "capacity",
    "legal_person", "representatives", "amount", "incident", "subjects", "interested",
)  # fmt: skip


class CaseFacts(QWidget):
    """``height_changed`` tells that rows came or went."""

    height_changed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._record: CaseRecord | None = None
        self.reveals = {
            key: RevealRow(station, partial(self._command, key), "", eye=True) for key in _REVEALED
        }
        self._plain: dict[str, tuple[QWidget, Label, Label]] = {}
        sheet = QWidget()
        self._grid = Grid(columns=_COLUMNS, spacing=12, parent=sheet)
        self._parts: dict[str, QWidget] = {}
        for key in _ORDER:
            part = self.reveals.get(key) or self._field(key)
            part.setParent(sheet)
            part.hide()
            self._parts[key] = part
        self.banner = RevealBanner(strip=False)
        for row in self.reveals.values():
            self.banner.watch(row)
        column = VBox(spacing=8, parent=self)
        column.addWidget(sheet)
        column.addWidget(self.banner)
        self._caption_all()

    def _field(self, key: str) -> QWidget:
        part = QWidget()
        column = VBox(parent=part)
        caption, value = Label("", CAPTION), Label("", TextRole(14, 500), wrap=True)
        value.setMinimumHeight(EYE.height)
        # One long word does not make its column wider than the others.
        value.setMinimumWidth(1)
        column.addWidget(caption)
        column.addWidget(value)
        column.addStretch(1)
        self._plain[key] = (part, caption, value)
        return part

    # -- showing --------------------------------------------------------------------------------

    def show_case(self, record: CaseRecord, *, anew: bool) -> None:
        """The case; a value that is open stays open while it is the same case."""
        self._record = record
        if anew:
            self.banner.clear()
        shown = record.detail.shown
        known: dict[str, str] = {}
        for key, row in self.reveals.items():
            if anew or not row.is_open():
                row.show_masked(shown[key])
            known[key] = shown[key]
        if record.detail.line.anonymous:
            row = self.reveals["name"]
            row.show_masked(identity_label("anonymous"))
            known["name"] = identity_label("anonymous")
        self.reveals["name"].button.setVisible(bool(shown["name"]))
        for key, value in self._values(record).items():
            self._plain[key][2].setText(value)
            known[key] = value
        self._place([key for key in _ORDER if known.get(key)])

    def _values(self, record: CaseRecord) -> dict[str, str]:
        detail, values = record.detail, record.detail.values
        line = detail.line
        document = document_tail_text(values["document"], values["document_tail"])
        identity = "" if line.anonymous else identity_label(values["identity"])
        capacity = capacity_label(values["capacity"]) if values["capacity"] != "self" else ""
        if capacity and not values["authority"] and values["capacity"] == "agent":
            capacity = self.tr("{capacity}，未见授权书").format(capacity=capacity)
        received = self._station.local(line.received_at)
        return {
            "channel": channel_label(line.channel, line.forwarded),
            "handler": line.handler_name or self.tr("未指定"),
            "biz_class": biz_class_label(values["biz_class"]),
            "biz_channel": biz_channel_label(values["biz_channel"]),
            "reason": reason_label(values["reason"]),
            "wish": "" if line.anonymous else reply_wish_label(values["reply_wish"]),
            "registered": record.names.get(line.registered_by, ""),
            "capacity": capacity,
            "legal_person": detail.shown["legal_person"],
            "representatives": detail.shown["representatives"],
            "identity": joined([one for one in (identity, document) if one]),
            "amount": _yuan(values["amount"]),
            "incident": " ".join(
                one for one in (short_iso(values["incident_on"]), values["incident_place"]) if one
            ),
            "subjects": joined(detail.subjects),
            "interested": joined(detail.interested),
            "received": f"{received:%Y-%m-%d %H:%M}",
        }

    def _place(self, keys: list[str]) -> None:
        for part in self._parts.values():
            self._grid.removeWidget(part)
        for key, part in self._parts.items():
            part.setVisible(key in keys)
        for at, key in enumerate(keys):
            self._grid.addWidget(self._parts[key], at // _COLUMNS, at % _COLUMNS)
        self.height_changed.emit()

    # -- full values ----------------------------------------------------------------------------

    def _command(self, field: str, reason: str) -> RevealCase:
        assert self._record is not None  # the eye is shown with a case only
        return RevealCase(self._record.detail.line.id, field, reason)

    # -- words ----------------------------------------------------------------------------------

    def _caption_all(self) -> None:
        words = {
            "name": self.tr("投诉人"),
            "phone": self.tr("联系电话"),
            "agent": self.tr("代理人"),
            "agent_phone": self.tr("代理人电话"),
            "address": self.tr("地址"),
            "email": self.tr("电子邮箱"),
            "channel": self.tr("渠道"),
            "handler": self.tr("承办人"),
            "biz_class": self.tr("业务类别"),
            "biz_channel": self.tr("业务办理渠道"),
            "reason": self.tr("投诉原因"),
            "wish": self.tr("希望答复方式"),
            "registered": self.tr("登记人"),
            "capacity": self.tr("投诉人身份"),
            "legal_person": self.tr("单位"),
            "representatives": self.tr("代表"),
            "identity": self.tr("身份核实"),
            "amount": self.tr("涉及金额"),
            "incident": self.tr("发生时间和地点"),
            "subjects": self.tr("被投诉人员"),
            "interested": self.tr("有利害关系"),
            "received": self.tr("收到时间"),
        }
        for key, text in words.items():
            if key in self.reveals:
                self.reveals[key].set_caption(text)
            else:
                self._plain[key][1].setText(text)

    def retranslate(self) -> None:
        """Take all words anew; open values are covered."""
        self._caption_all()
        if self._record is not None:
            self.show_case(self._record, anew=True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"¥ {fen / 100:,.2f}"
