"""Owns the what-if as a table, on the screen and for a spreadsheet; must not count."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.summary import Waits
from branch.lobby.whatif import Comparison, Course
from ui.dashboard.whatif_lines import Offer
from ui.dashboard.whatif_words import class_name, minutes_moved

translate = QCoreApplication.translate

_NOBODY = Waits(0, 0.0, 0.0, 0.0, 0.0)


def course_names() -> tuple[str, str, str]:
    """The three days side by side: as it was, by the rule, with the changes."""
    return (
        translate("WhatIfTable", "当天"),
        translate("WhatIfTable", "按规则重排"),
        translate("WhatIfTable", "假如"),
    )


def heads() -> list[str]:
    """Over the columns; waits are minutes."""
    return [
        translate("WhatIfTable", "等候，分钟"),
        "",
        translate("WhatIfTable", "人数"),
        translate("WhatIfTable", "平均"),
        translate("WhatIfTable", "中位数"),
        translate("WhatIfTable", "九成"),
        translate("WhatIfTable", "最长"),
        translate("WhatIfTable", "超目标"),
        translate("WhatIfTable", "平均变化"),
    ]


def table_rows(found: Comparison, offer: Offer) -> list[list[str]]:
    """Three rows for everybody and for each class: the day, run again, changed."""
    rows = _rows(translate("WhatIfTable", "全部"), found, None)
    for item in offer.classes:
        if any(item.code in course.by_class for course in _courses(found)):
            rows += _rows(class_name(item.code, offer), found, item.code)
    return rows


def table_csv(found: Comparison, offer: Offer, about: Sequence[str]) -> str:
    """The table as CSV, under lines that say what it is about."""
    told = StringIO()
    write = csv.writer(told)
    for line in about:
        write.writerow([line])
    write.writerow([])
    write.writerow(heads())
    write.writerows(table_rows(found, offer))
    return told.getvalue()


def _courses(found: Comparison) -> tuple[Course, Course, Course]:
    return found.real, found.again, found.changed


def _rows(name: str, found: Comparison, klass: str | None) -> list[list[str]]:
    rows = []
    for course, words in zip(_courses(found), course_names(), strict=True):
        waits = course.waits if klass is None else course.by_class.get(klass, _NOBODY)
        over = course.over if klass is None else course.over_by_class.get(klass, 0)
        spans = (waits.mean, waits.median, waits.p90, waits.maximum)
        rows.append(
            [
                name,
                words,
                str(waits.count),
                *(f"{seconds / 60:.1f}" for seconds in spans),
                str(over),
                "",
            ]
        )
    before, after = (
        course.waits if klass is None else course.by_class.get(klass, _NOBODY)
        for course in (found.again, found.changed)
    )
    if before.count and after.count:
        rows[-1][-1] = minutes_moved(before.mean, after.mean)
    return rows
