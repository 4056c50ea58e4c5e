"""Owns the numbers of the first two pages as a table for a spreadsheet; must not count."""

from __future__ import annotations

import csv
from io import StringIO

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.promises import Score
from branch.lobby.queries.summary import Waits
from ui.dashboard.overview import Shown
from ui.shell.language import language

translate = QCoreApplication.translate


def table_name(shown: Shown) -> str:
    """The file's name without its ending."""
    stretch = shown.overview.stretch
    days = stretch.first if stretch.first == stretch.last else f"{stretch.first}–{stretch.last}"
    return translate("Tables", "经营数据 {days}").format(days=days)


def table_text(shown: Shown) -> str:
    """Waits by queue, flow by hour, promises by service and class, as CSV.

    Minutes with one decimal, shares from 0 to 1 (none for too few).
    """
    told = StringIO()
    write = csv.writer(told)
    overview = shown.overview
    write.writerow(
        [
            translate("Tables", "等候，分钟"),
            translate("Tables", "人数"),
            translate("Tables", "平均"),
            translate("Tables", "中位数"),
            translate("Tables", "九成以内"),
            translate("Tables", "最长"),
            translate("Tables", "目标"),
        ]
    )
    write.writerow([translate("Tables", "全部"), *_waits(overview.totals.waits)])
    for line in (*overview.queues, overview.priority):
        name = line.name.text(language().code) if line.name else translate("Tables", "优先客户")
        write.writerow([name, *_waits(line.waits), line.target])
    write.writerow([])
    write.writerow(
        [
            translate("Tables", "时段"),
            translate("Tables", "取号数"),
            translate("Tables", "办结数"),
        ]
    )
    for hour in overview.hours:
        write.writerow([f"{hour.hour:02d}:00", hour.issued, hour.finished])
    for head, scores, names in (
        (translate("Tables", "承诺，按业务"), shown.promised.by_group, shown.groups),
        (translate("Tables", "承诺，按类别"), shown.promised.by_class, shown.classes),
    ):
        write.writerow([])
        write.writerow(
            [
                head,
                translate("Tables", "承诺数"),
                translate("Tables", "已叫到"),
                translate("Tables", "区间内"),
                translate("Tables", "上端内"),
                translate("Tables", "平均差，分钟"),
            ]
        )
        for code, score in scores.items():
            name = names[code].text(language().code) if code in names else code
            write.writerow([name, *_score(score)])
    return told.getvalue()


def _waits(waits: Waits) -> list[str]:
    spans = (waits.mean, waits.median, waits.p90, waits.maximum)
    return [str(waits.count), *(f"{seconds / 60:.1f}" for seconds in spans)]


def _score(score: Score) -> list[str]:
    shares = (score.share, score.share_in_time)
    told = ("" if share is None else f"{share:.3f}" for share in shares)
    return [str(score.made), str(score.settled), *told, f"{score.miss:.1f}"]
