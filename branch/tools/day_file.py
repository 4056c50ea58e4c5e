"""Day files: one row a customer, read whole or refused whole with line, column and expectation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from branch.kernel.clock import to_ms
from branch.kernel.errors import BadInput
from branch.lobby.rules import APPOINTMENT, CARE_NEEDS

COLUMNS = (
    "arrives_at",
    "service",
    "priority_class",
    "care_needs",
    "appointment",
    "language",
    "service_seconds",
    "shows_up",
    "leaves_after_minutes",
    "rating",
)
_LONGEST_SERVICE_S = 4 * 3600
_LONGEST_PATIENCE_MIN = 600
_MOST_ROWS = 5_000


@dataclass(frozen=True)
class Visitor:
    """One customer of a day. Instants in milliseconds; a patient one has no ``patience_min``."""

    line: int
    arrives_at: int
    service: str
    klass: str
    care: frozenset[str]
    slot: int | None
    language: str
    service_s: int
    shows_up: bool
    patience_min: int | None
    rating: int | None


def read_day(
    path: Path, zone: ZoneInfo, services: Collection[str], classes: Collection[str]
) -> tuple[date, list[Visitor]]:
    """The day and its customers in order of arrival.

    Raises BadInput for the first thing that is wrong: ``day_file_header``, ``day_file_cell``
    (line, column, given, expected), ``day_file_empty``, ``file_unreadable``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", field="day", file=path.name) from error
    reader = csv.reader(io.StringIO(text), strict=True)
    visitors: list[Visitor] = []
    day: date | None = None
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise BadInput("day_file_header", field="day", expected=",".join(COLUMNS))
        for row in reader:
            if not row:
                continue
            if len(visitors) >= _MOST_ROWS:
                raise BadInput("day_file_long", field="day", most=_MOST_ROWS)
            cells = _Row(reader.line_num, row, zone, services, classes)
            visitor = cells.visitor(day)
            day = day or cells.day
            visitors.append(visitor)
    except csv.Error as error:
        raise _wrong(reader.line_num, "-", str(error), "CSV") from error
    if day is None:
        raise BadInput("day_file_empty", field="day")
    visitors.sort(key=lambda visitor: (visitor.arrives_at, visitor.line))
    return day, visitors


def _wrong(line: int, column: str, given: str, expected: str) -> BadInput:
    return BadInput(
        "day_file_cell", field="day", line=line, column=column, given=given[:40], expected=expected
    )


class _Row:
    def __init__(
        self,
        line: int,
        cells: list[str],
        zone: ZoneInfo,
        services: Collection[str],
        classes: Collection[str],
    ) -> None:
        self._line = line
        self._zone = zone
        self._services = services
        self._classes = classes
        if len(cells) != len(COLUMNS):
            raise _wrong(line, "-", f"{len(cells)} columns", f"{len(COLUMNS)} columns")
        self._cells = dict(zip(COLUMNS, cells, strict=True))
        arrives = self._parsed(
            "arrives_at",
            "YYYY-MM-DD HH:MM:SS",
            lambda text: datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone),
        )
        self._arrives: datetime = arrives
        self.day = self._arrives.date()

    def _parsed(self, column: str, expected: str, parse: Callable[[str], Any]) -> Any:
        text = self._cells[column].strip()
        try:
            return parse(text)
        except (ValueError, KeyError) as error:
            raise _wrong(self._line, column, text, expected) from error

    def _one_of(self, column: str, known: Collection[str]) -> str:
        text = self._cells[column].strip()
        if text not in known:
            raise _wrong(self._line, column, text, ", ".join(sorted(known)))
        return text

    def _whole(self, column: str, least: int, most: int) -> int:
        expected = f"{least}-{most}"

        def parse(text: str) -> int:
            if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
                raise ValueError(text)
            return int(text)

        found: int = self._parsed(column, expected, parse)
        return found

    def _maybe(self, column: str, least: int, most: int) -> int | None:
        return self._whole(column, least, most) if self._cells[column].strip() else None

    def visitor(self, day: date | None) -> Visitor:
        """The customer; raises BadInput for the first cell that is wrong."""
        if day is not None and self.day != day:
            raise _wrong(
                self._line, "arrives_at", self._cells["arrives_at"], f"{day.isoformat()} HH:MM:SS"
            )
        service = self._one_of("service", self._services)
        klass = self._one_of("priority_class", self._classes)
        care = frozenset(
            part.strip() for part in self._cells["care_needs"].split(";") if part.strip()
        )
        for need in care - set(CARE_NEEDS):
            raise _wrong(self._line, "care_needs", need, ", ".join(CARE_NEEDS))
        return Visitor(
            line=self._line,
            arrives_at=to_ms(self._arrives),
            service=service,
            klass=klass,
            care=care,
            slot=self._slot(klass),
            language=self._one_of("language", ("zh", "en")),
            service_s=self._whole("service_seconds", 1, _LONGEST_SERVICE_S),
            shows_up=self._one_of("shows_up", ("yes", "no")) == "yes",
            patience_min=self._maybe("leaves_after_minutes", 1, _LONGEST_PATIENCE_MIN),
            rating=self._maybe("rating", 1, 5),
        )

    def _slot(self, klass: str) -> int | None:
        if not self._cells["appointment"].strip():
            if klass == APPOINTMENT:
                raise _wrong(self._line, "appointment", "", "HH:MM")
            return None

        def parse(text: str) -> int:
            clock = time.fromisoformat(text)
            return to_ms(datetime.combine(self.day, clock, tzinfo=self._zone))

        found: int = self._parsed("appointment", "HH:MM", parse)
        return found
