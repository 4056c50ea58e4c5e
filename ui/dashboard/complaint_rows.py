"""Owns what the page 投诉 says of its numbers: figures, tables, bars, late cases; never counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from branch.complaints.attention import Proposal
from branch.complaints.queries.late import Late
from branch.complaints.queries.months import Month
from branch.complaints.statistics import Statistics
from reports.forms.complaint_words import code_word, percent
from ui.dashboard.flow_bars import FlowHour
from ui.shell.language import language
from ui.widgets.call_list import CallLine
from ui.widgets.key_figure import FigureText
from ui.widgets.state import State

translate = QCoreApplication.translate


def word(dimension: str, code: str) -> str:
    """A code in the language of the screens."""
    return code_word(dimension, code, language().code)


def weights(cells: Mapping[str, int], dimension: str) -> list[tuple[str, int]]:
    """Codes in words with their counts, the most frequent first."""
    known = sorted(((code, count) for code, count in cells.items() if count), key=_weight)
    return [(word(dimension, code), count) for code, count in known]


def _weight(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def figures(now: Statistics, before: Statistics) -> list[FigureText]:
    """The six figures over the pictures."""
    tr, done = _tr, now.handled
    cases = tr("件")
    return [
        FigureText(
            tr("收到投诉"),
            str(now.ledger.received),
            cases,
            tr("合并后 {n}，上期 {m}").format(n=now.net, m=before.ledger.received),
        ),
        FigureText(
            tr("了结"),
            str(now.ledger.all_ended),
            cases,
            tr("期末在办 {n}").format(n=now.ledger.open_after),
        ),
        FigureText(
            tr("平均办理用时"),
            _mean(done.gross_days, done.closed),
            tr("天"),
            tr("扣除暂停 {n} 天").format(n=_mean(done.net_days, done.closed)),
        ),
        _late(now),
        FigureText(
            tr("满意率"),
            percent(done.satisfied, done.answered, language().code),
            "",
            tr("{n} 人回应，回应率 {share}").format(
                n=done.answered, share=percent(done.answered, done.asked, language().code)
            ),
        ),
        FigureText(
            tr("每万名到店客户"),
            "–" if now.per_served is None else f"{now.per_served:.1f}",
            "" if now.per_served is None else cases,
            tr("申请核查 {n}，改变 {m}").format(n=now.reviews.applied, m=now.reviews.overturned),
        ),
    ]


def _late(now: Statistics) -> FigureText:
    done = now.handled
    in_time = done.closed - done.late_legal
    late = _tr("逾期 {n} 件").format(n=done.late_legal)
    house = _tr("超过行内期限 {n} 件").format(n=done.late_house)
    return FigureText(
        _tr("按法定期限答复"),
        f"{in_time} / {done.closed}",
        _tr("件"),
        late if done.late_legal else house,
        State.URGENT if done.late_legal else None,
    )


def _mean(days: int, cases: int) -> str:
    return f"{days / cases:.1f}" if cases else "–"


def month_bars(months: Sequence[Month]) -> list[FlowHour]:
    """The months for the picture of flow."""
    words = _tr("{month}，收到 {n}，了结 {m}")
    return [
        FlowHour(
            one.month[2:],
            one.received,
            one.ended,
            words.format(month=one.month, n=one.received, m=one.ended),
        )
        for one in months
    ]


def late_line(late: Late) -> CallLine:
    """A late case: how many days, its number and title, why."""
    by = _tr("法定期限 {day}") if late.legal else _tr("行内期限 {day}")
    told = _tr("{day} 答复").format(day=late.told) if late.told else _tr("还没有答复")
    stood = _tr("到期时{state}").format(state=word("state", late.stood))
    parts = [late.number, by.format(day=late.due), told, stood]
    parts += [_tr("延期原因：{reason}").format(reason=reason) for reason in late.longer]
    days = _tr("{n}天").format(n=late.days)
    return CallLine(days, "", late.title, _tr("，").join(parts), wrong=late.legal)


def proposal_text(found: Sequence[Proposal]) -> str:
    """Where a corrective action is asked for; an empty text for nowhere."""
    if not found:
        return ""
    one = found[0]
    text = _tr("{business}，{reason}：{days} 天内 {n} 件，建议登记整改").format(
        business=word("biz_class", one.biz_class),
        reason=word("reason", one.reason),
        days=one.days,
        n=len(one.complaints),
    )
    if len(found) > 1:
        return _tr("{text}；另有 {n} 类").format(text=text, n=len(found) - 1)
    return text


def span_text(first: date, last: date) -> str:
    """The days of a period, short: 10-01–11-20."""
    return f"{first:%m-%d}–{last:%m-%d}"


def _tr(text: str) -> str:
    return translate("ComplaintRows", text)
