"""Owns the list of what to bring, in the three forms the kiosk has room for; decides nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import Service
from branch.catalogue.rules import Document
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.wording import (
    ALWAYS,
    apart,
    between_documents,
    document_icon,
    document_text,
    when_words,
)
from ui.shell.language import ENGLISH, language
from ui.widgets.card import KIOSK_WELL, Well
from ui.widgets.icon import IconLabel
from ui.widgets.label import TextRole
from ui.widgets.stage import Grid, HBox, VBox

_MOST_WELLS: Final = 3
_HEAD: Final = TextRole(28, 400, "ink2")
_NAME: Final = TextRole(32, 700)
_NAME_EN: Final = TextRole(28, 700)
_NOTE: Final = TextRole(26, 400, "ink2")
_SHORT: Final = TextRole(28, 500)
_ELDER_HEAD: Final = TextRole(40, 400, "ink2")
_ELDER_NAME: Final = TextRole(40, 700)
_ELDER_NOTE: Final = TextRole(36, 400, "ink2")
_TOP: Final = Qt.AlignmentFlag.AlignTop


class DocumentList(QWidget):
    """What a service needs: what everybody brings, then what some do, with the case.

    ``short`` has no wells, where room is scarce.
    """

    def __init__(self, service: Service, *, elder: bool = False, short: bool = False) -> None:
        super().__init__()
        column = VBox(parent=self)
        always = [item for item in service.documents if item.when == ALWAYS]
        others = [item for item in service.documents if item.when != ALWAYS]
        if service.documents:
            head = self.tr("请准备好以下物品") if always else self.tr("有的客户需要带")
            role, line = (_ELDER_HEAD, 58) if elder else (_HEAD, 39)
            column.addWidget(Paragraph(role, line, text=head))
            column.add_gap(16)
        if elder and short:
            names = between_documents().join(document_text(item) for item in always)
            column.addWidget(Paragraph(_ELDER_NAME, 54, text=names, wrap=True))
        elif elder:
            column.addLayout(_big(always))
        elif len(always) <= _MOST_WELLS and not short:
            column.addLayout(_wells(always))
        else:
            column.addLayout(_pairs(always, 38 if short else 44))
        role, line = (_ELDER_NOTE, 50) if elder else (_NOTE, 38)
        for item in others:
            column.add_gap(12)
            row = HBox(spacing=12)
            row.addWidget(IconLabel("info", 40 if elder else 32, "accent"), 0, _TOP)
            row.addWidget(Paragraph(role, line, text=when_words(item), wrap=True), 1)
            column.addLayout(row)


def _wells(documents: list[Document]) -> HBox:
    """Up to three, each in a well of its own."""
    row = HBox(spacing=16)
    for document in documents:
        name, note = apart(document_text(document))
        well = Well(KIOSK_WELL)
        inside = VBox(margins=(24, 24, 20, 22), parent=well)
        inside.addWidget(IconLabel(document_icon(document), 54, "accent", stroke=1.5))
        inside.add_gap(12)
        role, line = (_NAME_EN, 38) if language().code == ENGLISH else (_NAME, 43)
        inside.addWidget(Paragraph(role, line, text=name, wrap=True))
        if note:
            inside.addWidget(Paragraph(_NOTE, 35, text=note, wrap=True))
        inside.addStretch(1)
        row.addWidget(well, 1)
    # One or two wells keep their width of a third.
    row.addStretch(_MOST_WELLS - len(documents))
    return row


def _pairs(documents: list[Document], line: float) -> Grid:
    """More than three, or with little room: two columns of plain lines."""
    grid = Grid(columns=2, spacing=16)
    for at, document in enumerate(documents):
        row = HBox(spacing=16)
        row.addWidget(IconLabel(document_icon(document), 44, "accent"), 0, _TOP)
        text = Paragraph(_SHORT, line, text=document_text(document), wrap=True)
        row.addWidget(text, 1)
        grid.addLayout(row, at // 2, at % 2)
    return grid


def _big(documents: list[Document]) -> VBox:
    """In big letters, one below another."""
    column = VBox(spacing=12)
    for document in documents:
        row = HBox(spacing=20)
        row.addWidget(IconLabel(document_icon(document), 52, "accent"), 0, _TOP)
        text = Paragraph(_ELDER_NAME, 54, text=document_text(document), wrap=True)
        row.addWidget(text, 1)
        column.addLayout(row)
    return column
