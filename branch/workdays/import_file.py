"""A year's notice out of a CSV or JSON file, and what it would change; pure: keeps nothing.

The JSON has the shape of the public holiday-cn files: ``{"year": 2026, "papers": [...], "days":
[{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}``. The CSV has three columns under the
heads 日期, 名称, 安排 (or date, name, isOffDay), as a spreadsheet writes them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from branch.kernel.errors import BadInput
from branch.kernel.text_file import decoded
from branch.workdays.rules import SpecialDay

MOST_BYTES = 1_000_000
_HEADS = {
    "day": ("日期", "date", "day"),
    "name": ("名称", "节日", "name"),
    "kind": ("安排", "类型", "isoffday", "kind"),
}
_OFF = frozenset({"放假", "休", "true", "1", "off", "holiday", "yes"})
_WORK = frozenset({"上班", "班", "false", "0", "work", "workday", "no"})
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_DAYS_LIST = re.compile(r'"days"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class YearFile:
    """What a file says: the notice's year, its days in order, the papers it names.

    A notice may also set days in the December before: they are among ``days``.
    """

    year: int
    days: tuple[SpecialDay, ...]
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What an import would change in one year; ``doubts`` are codes of ``doubts_about``.

    ``days`` is the whole year afterwards. Of ``changed`` each pair is before and after; another
    name alone is no change, since nothing is counted by it.
    """

    year: int
    days: tuple[SpecialDay, ...]
    added: tuple[SpecialDay, ...]
    changed: tuple[tuple[SpecialDay, SpecialDay], ...]
    removed: tuple[SpecialDay, ...]
    doubts: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def read_year(name: str, data: bytes) -> YearFile:
    """The notice in a file of this name.

    Raises BadInput that names the file, the line, and what would be right there.
    """
    if len(data) > MOST_BYTES:
        raise BadInput("calendar_file_long", field="file", file=name)
    text = _text(name, data)
    if name.lower().endswith(".json") or text.lstrip().startswith("{"):
        return _from_json(name, text)
    return _from_csv(name, text)


def previews(found: YearFile, known: Mapping[int, tuple[SpecialDay, ...]]) -> tuple[Preview, ...]:
    """What the file would change, the notice's own year first; ``known`` are the years in force.

    The own year is replaced whole. In another year only the days that the file names change;
    raises BadInput when that one is not known, since its other days would be lost.
    """
    by_year: dict[int, list[SpecialDay]] = {found.year: []}
    for one in found.days:
        by_year.setdefault(one.day.year, []).append(one)
    shown = []
    for year, days in by_year.items():
        before = {one.day: one for one in known.get(year, ())}
        after = {one.day: one for one in days}
        if year != found.year:
            if year not in known:
                raise BadInput(
                    "calendar_other_year_first", field="file", year=year, day=str(days[0].day)
                )
            after = before | after
        shown.append(_preview(year, before, after, known))
    return tuple(shown)


def doubts_about(
    year: int, days: tuple[SpecialDay, ...], known: Mapping[int, tuple[SpecialDay, ...]]
) -> tuple[str, ...]:
    """What a person should look at before he trusts these days; none of it is impossible.

    Found tables are now and then invented: one for 2027 was that of 2026 with another number.
    """
    shape = {(one.day.month, one.day.day, one.worked) for one in days}
    off = {one.day for one in days if not one.worked}
    worked = [one.day for one in days if one.worked]
    others = {
        other: {(one.day.month, one.day.day, one.worked) for one in listed}
        for other, listed in known.items()
        if other != year
    }
    doubts = []
    if shape and shape in others.values():
        doubts.append("same_as_other_year")
    counts = sorted(sum(not one.worked for one in known[other]) for other in others)
    # Two days either way of what there has been since 2004.
    if counts and not counts[0] - 2 <= len(off) <= counts[-1] + 2:
        doubts.append("off_count")
    if any(day.weekday() < 5 for day in worked):
        doubts.append("weekday_worked")
    if not worked:
        doubts.append("no_work_weekends")
    # 全国年节及纪念日放假办法 Art. 2: off in every year, whatever the notice moves around them.
    fixed = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
    if not {date(year, *month_day) for month_day in fixed} <= off:
        doubts.append("statutory_missing")
    return tuple(doubts)


def csv_text(days: tuple[SpecialDay, ...]) -> str:
    """Days as the CSV that ``read_year`` takes: a pattern to fill in for another year."""
    told = io.StringIO()
    write = csv.writer(told)
    write.writerow(("日期", "名称", "安排"))
    for one in days:
        write.writerow((one.day.isoformat(), one.name, "上班" if one.worked else "放假"))
    return told.getvalue()


def _preview(
    year: int,
    before: Mapping[date, SpecialDay],
    after: Mapping[date, SpecialDay],
    known: Mapping[int, tuple[SpecialDay, ...]],
) -> Preview:
    days = tuple(after[day] for day in sorted(after))
    return Preview(
        year=year,
        days=days,
        added=tuple(one for one in days if one.day not in before),
        changed=tuple(
            (before[one.day], one)
            for one in days
            if one.day in before and before[one.day].worked is not one.worked
        ),
        removed=tuple(before[day] for day in sorted(before) if day not in after),
        doubts=doubts_about(year, days, known),
    )


def _text(name: str, data: bytes) -> str:
    text = decoded(data)
    if text is None:
        raise BadInput("calendar_file_text", field="file", file=name)
    return text


# -- JSON -----------------------------------------------------------------------------------------


def _from_json(name: str, text: str) -> YearFile:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput("calendar_json", field="file", file=name, line=error.lineno) from None
    except (RecursionError, ValueError):
        # Lists without end in one another, or a number of thousands of digits.
        raise BadInput("calendar_json", field="file", file=name, line=1) from None
    year = content.get("year") if isinstance(content, dict) else None
    if not isinstance(year, int) or isinstance(year, bool) or not 1990 <= year <= 2199:
        line = _line_of(text, text.find('"year"'))
        raise BadInput("calendar_json_year", field="file", file=name, line=line)
    if not isinstance(content.get("days"), list):
        line = _line_of(text, text.find('"days"'))
        raise BadInput("calendar_json_days", field="file", file=name, line=line)
    days = _Days(name, year)
    for line, item in _items(text):
        if not isinstance(item, dict) or not isinstance(item.get("date"), str):
            raise BadInput("calendar_json_item", field="file", file=name, line=line)
        if not isinstance(item.get("isOffDay"), bool):
            raise BadInput("calendar_json_off", field="file", file=name, line=line)
        holiday = item.get("name")
        days.add(line, item["date"], holiday if isinstance(holiday, str) else "", item["isOffDay"])
    papers = content.get("papers")
    named = tuple(one for one in papers if isinstance(one, str)) if isinstance(papers, list) else ()
    return YearFile(year, days.found(), named)


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """The days with their lines: once more through the text, since json tells no places."""
    start = _DAYS_LIST.search(text)
    assert start is not None  # the list was found when the whole was read
    decoder, at = json.JSONDecoder(), start.end()
    while True:
        gap = _BETWEEN.match(text, at)
        assert gap is not None  # it also matches nothing
        at = gap.end()
        if text[at] == "]":
            return
        item, end = decoder.raw_decode(text, at)
        yield _line_of(text, at), item
        at = end


def _line_of(text: str, at: int) -> int:
    return text.count("\n", 0, max(at, 0)) + 1


# -- CSV ------------------------------------------------------------------------------------------


def _from_csv(name: str, text: str) -> YearFile:
    first = text.split("\n", 1)[0]
    separator = max(",;\t，", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    columns: dict[str, int] = {}
    listed: list[tuple[int, str, str, bool]] = []
    try:
        for cells in rows:
            plain = [cell.strip() for cell in cells]
            if not any(plain):
                continue
            if not columns:
                columns = _columns(name, plain)
                continue
            listed.append(_cells(name, rows.line_num, plain, columns))
    except csv.Error:
        raise BadInput("calendar_cells", field="file", file=name, line=rows.line_num) from None
    if not listed:
        raise BadInput("calendar_nothing", field="file", file=name)
    years = Counter(
        int(found[1]) for _line, day, _name, _off in listed if (found := _DAY.fullmatch(day))
    )
    days = _Days(name, years.most_common(1)[0][0] if years else 0)
    for line, day, holiday, off in listed:
        days.add(line, day, holiday, off)
    return YearFile(days.year, days.found())


def _columns(name: str, heads: list[str]) -> dict[str, int]:
    places = {
        part: at
        for at, head in enumerate(heads)
        for part, names in _HEADS.items()
        if head.lower() in names
    }
    if not {"day", "kind"} <= places.keys():
        raise BadInput("calendar_head", field="file", file=name)
    return places


def _cells(
    name: str, line: int, cells: list[str], columns: Mapping[str, int]
) -> tuple[int, str, str, bool]:
    if len(cells) <= max(columns.values()):
        raise BadInput("calendar_cells", field="file", file=name, line=line)
    kind = cells[columns["kind"]].lower()
    if kind not in _OFF | _WORK:
        raise BadInput("calendar_kind", field="file", file=name, line=line)
    holiday = cells[columns["name"]] if "name" in columns else ""
    return line, cells[columns["day"]], holiday, kind in _OFF


class _Days:
    """The days of a file as they are found, each once and near the notice's year."""

    def __init__(self, name: str, year: int) -> None:
        self._name, self.year = name, year
        self._by_day: dict[date, SpecialDay] = {}

    def add(self, line: int, text: str, holiday: str, off: bool) -> None:
        matched = _DAY.fullmatch(text.strip())
        try:
            if matched is None:
                raise ValueError
            day = date(*(int(part) for part in matched.groups()))
        except ValueError:
            raise BadInput("calendar_day", field="file", file=self._name, line=line) from None
        if day in self._by_day:
            raise BadInput(
                "calendar_line_twice", field="file", file=self._name, line=line, day=str(day)
            )
        if day.year != self.year and (day.year, day.month) != (self.year - 1, 12):
            raise BadInput(
                "calendar_line_year",
                field="file",
                file=self._name,
                line=line,
                day=str(day),
                year=self.year,
            )
        self._by_day[day] = SpecialDay(day, not off, "" if not off else holiday.strip())

    def found(self) -> tuple[SpecialDay, ...]:
        if not any(not one.worked for one in self._by_day.values()):
            raise BadInput("calendar_nothing", field="file", file=self._name)
        return tuple(self._by_day[day] for day in sorted(self._by_day))
