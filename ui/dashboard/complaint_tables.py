"""Owns what the table of the page 投诉 is broken down by, and its heads and rows; never counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branch.complaints.closings import BANDS
from branch.complaints.codes import FINDINGS
from branch.complaints.queries.handlers import HandlerCases
from branch.complaints.queries.months import Week
from branch.complaints.sharing import shown
from branch.complaints.statistics import DIMENSIONS, HOWS, Statistics
from reports.forms.complaint_lists import crossed_rows, handler_rows, rate_rows, week_rows
from reports.forms.complaint_words import percent
from ui.dashboard.complaint_rows import word
from ui.shell.language import language

translate = QCoreApplication.translate
Rows = Sequence[Sequence[str]]

# Parts by code, and the codes in their order.
_CODES: Mapping[str, Sequence[str]] = {
    **DIMENSIONS,
    "ended": HOWS,
    "band": BANDS,
    "finding": FINDINGS,
}
RATES, CROSSED, WEEKS, HANDLERS = "rates", "crossed", "weeks", "handlers"


@dataclass(frozen=True)
class Told:
    """What the table is made of; ``handlers`` is None for who may not read it."""

    now: Statistics
    before: Statistics
    weeks: Sequence[Week]
    handlers: Sequence[HandlerCases] | None


def choices(*, handlers: bool) -> list[tuple[str, str]]:
    """The parts with their names; by handler only for who may read it."""
    found = [
        ("biz_class", _tr("业务类别")),
        ("reason", _tr("投诉原因")),
        (RATES, _tr("比率")),
        ("channel", _tr("受理渠道")),
        ("biz_channel", _tr("办理渠道")),
        (CROSSED, _tr("渠道、业务和原因")),
        ("severity", _tr("等级")),
        (WEEKS, _tr("近四周")),
        ("weekday", _tr("星期")),
        ("hour", _tr("时段")),
        ("ended", _tr("怎样了结")),
        ("band", _tr("办理用时")),
        ("finding", _tr("核实结论")),
    ]
    return [*found, (HANDLERS, _tr("经办人"))] if handlers else found


def table_of(told: Told, part: str, name: str) -> tuple[Sequence[str], Rows]:
    """Heads and rows of a part, the first column under the ``name`` of the part."""
    spoken = language().code
    counts = (name, _tr("本期"), _tr("占比"), _tr("上期"))
    # The room is narrow: what else there is to these stands on the sheet.
    if part == RATES:
        now, before = (shown(one, outside=False) for one in (told.now, told.before))
        rows = rate_rows(now, before, spoken)
        return (name, _tr("本期"), _tr("件数")), [row[:3] for row in rows]
    if part == CROSSED:
        rows = crossed_rows(told.now, told.before, spoken)
        return (name, *counts[1:3]), [row[:3] for row in rows]
    if part == WEEKS:
        return (name, _tr("收到"), _tr("了结")), week_rows(told.weeks, spoken)
    if part == HANDLERS:
        rows = handler_rows(told.handlers or (), spoken)
        return (name, _tr("收到"), _tr("逾期"), _tr("属实")), [(*row[:2], *row[3:]) for row in rows]
    return counts, _rows(told.now, told.before, part)


def _rows(now: Statistics, before: Statistics, part: str) -> Rows:
    """Name, count, share and the count of the period before, without empty lines."""
    mine, former = _counts(now, part), _counts(before, part)
    whole = sum(mine.values())
    return [
        (
            word(part, code),
            str(mine.get(code, 0)),
            percent(mine.get(code, 0), whole, language().code),
            str(former.get(code, 0)),
        )
        for code in (*_CODES[part], "")
        if mine.get(code, 0) or former.get(code, 0)
    ]


def _counts(told: Statistics, part: str) -> Mapping[str, int]:
    if part == "ended":
        return told.ledger.ended
    if part == "band":
        return told.handled.bands
    return told.handled.findings if part == "finding" else told.by[part]


def _tr(text: str) -> str:
    return translate("ComplaintTables", text)
