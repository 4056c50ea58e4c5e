"""Owns what the cells of a list of visitors say and what a row can do; acts on nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from branch.kernel.clock import MS_PER_MINUTE
from branch.people.rules import permits
from branch.visitors.queries.register import VisitorLine
from branch.visitors.rules import AREAS
from branch.visitors.rules import State as Visit
from ui.models.visitor_words import (
    area_label,
    document_tail_text,
    purpose_label,
    state_label,
)
from ui.shell.station import Station
from ui.widgets.state import State

translate = QCoreApplication.translate

COLUMNS: Final = ("time", "name", "what", "host", "document", "badge", "area", "deeds")
INSIDE, TODAY, EXPECTED, HELD, HISTORY, FOUND, MINE = (
    "inside", "today", "expected", "held", "history", "found", "mine",
)  # fmt: skip
# Lists of other days, where the hour alone would say too little.
_DATED: Final = frozenset({HISTORY, FOUND, MINE})
# Lists in which the fifth column tells how matters stand instead of which document was shown.
WITH_STATE: Final = frozenset({EXPECTED, HELD, MINE})
_ANNOUNCED: Final = frozenset({EXPECTED, MINE})
_COMMANDS: Final = {
    "sign_out": "SignOutVisitor",
    "come": "SignInVisitor",
    "cancel": "CancelExpected",
    "approve": "ApproveVisitor",
    "refuse": "RefuseVisitor",
}
_DEEDS: Final = {
    Visit.INSIDE: ("sign_out",),
    Visit.EXPECTED: ("come", "cancel"),
    Visit.HELD: ("approve", "refuse"),
}
_USUAL_DOCUMENTS: Final = ("resident_id", "work_card")
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_DAYS_FROM: Final = 2 * _DAY
# As wide as names of so many characters: digits have one width, two thirds of theirs.
_THREE, _FOUR = "00000", "000000"


@dataclass(frozen=True)
class Deed:
    """Something to press in a row."""

    key: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell: words, quieter words after them, a state with its glyph, or what can be pressed."""

    text: str = ""
    second: str = ""
    token: str = "ink1"
    weight: int = 400
    state: State | None = None
    deeds: tuple[Deed, ...] = ()

    def spoken(self) -> str:
        """All it says, for a screen reader."""
        words = (self.text, self.second, *(deed.text for deed in self.deeds))
        return " ".join(word for word in words if word)


def deed_text(key: str) -> str:
    """The verb of a deed."""
    return {
        "sign_out": translate("VisitorList", "签离"),
        "come": translate("VisitorList", "到了"),
        "cancel": translate("VisitorList", "取消"),
        "approve": translate("VisitorList", "放行"),
        "refuse": translate("VisitorList", "请回"),
    }[key]


def _permitted(keys: tuple[str, ...], roles: frozenset[str]) -> tuple[Deed, ...]:
    return tuple(Deed(key, deed_text(key)) for key in keys if permits(_COMMANDS[key], roles))


def deeds_of(line: VisitorLine, roles: frozenset[str]) -> tuple[Deed, ...]:
    """What somebody with these roles can do with a visitor."""
    return _permitted(_DEEDS.get(Visit(line.state), ()), roles)


def list_deeds(kind: str, roles: frozenset[str]) -> tuple[Deed, ...]:
    """The most buttons that a row of a list has for somebody with these roles."""
    state = Visit.HELD if kind == HELD else Visit.EXPECTED if kind in _ANNOUNCED else Visit.INSIDE
    return _permitted(_DEEDS[state], roles)


def sample_words(column: str, kind: str) -> tuple[str, ...]:
    """Words that a column has to hold whole, in the language of the moment."""
    if column == "time":
        return ("00-00 00:00" if kind in _DATED else "00:00",)
    if column == "name":
        return (_FOUR,)
    if column == "host":
        return (_THREE,)
    if column == "document":
        if kind in WITH_STATE:
            return (state_label(Visit.HELD),)
        return tuple(document_tail_text(code, "0000") for code in _USUAL_DOCUMENTS)
    if column == "badge":
        return ("V-100",)
    if column == "area":
        return tuple(area_label(area) for area in AREAS)
    if kind in WITH_STATE or kind == INSIDE:
        return ()
    left = translate("VisitorList", "{time} 离开").format(time="00:00")
    return (left, *(state_label(state) for state in Visit if state != Visit.LEFT))


def head_text(column: str, kind: str) -> str:
    """What stands over a column."""
    if column == "document" and kind in WITH_STATE:
        return translate("VisitorList", "状态")
    if column == "time" and kind in _ANNOUNCED:
        return translate("VisitorList", "约定")
    return {
        "time": translate("VisitorList", "到访"),
        "name": translate("VisitorList", "姓名"),
        "what": translate("VisitorList", "单位与事由"),
        "host": translate("VisitorList", "被访人"),
        "document": translate("VisitorList", "证件"),
        "badge": translate("VisitorList", "访客牌"),
        "area": translate("VisitorList", "区域"),
        "deeds": "",
    }[column]


def visitor_cells(line: VisitorLine, kind: str, station: Station) -> tuple[Cell, ...]:
    """The cells of a row in the order of ``COLUMNS``, as of now."""
    return (
        _time(line, kind, station),
        Cell(line.shown_name, weight=500),
        Cell(line.unit, line.matter or purpose_label(line.purpose)),
        Cell(line.host_name),
        _standing(line, kind, station),
        Cell(line.badge),
        Cell(area_label(line.area)),
        _last(line, kind, station),
    )


def overdue(line: VisitorLine, station: Station) -> bool:
    """Whether somebody is on the list since a day before today."""
    return line.state == Visit.INSIDE and line.day < f"{station.now():%Y-%m-%d}"


def when_text(at: int | None, station: Station, *, dated: bool = False) -> str:
    """An instant as a list says it: 08:52, with its day (11-19 08:52) unless that is today."""
    if at is None:
        return ""
    moment = station.local(at)
    other_day = moment.date() != station.now().date()
    return f"{moment:%m-%d %H:%M}" if dated or other_day else f"{moment:%H:%M}"


def _time(line: VisitorLine, kind: str, station: Station) -> Cell:
    at = line.came_at if line.came_at is not None else line.expected_at or line.told_at
    if kind not in _DATED and at is not None and overdue(line, station):
        day = f"{station.local(at):%m-%d}"
        return Cell(day, token="warn_text", weight=500, state=State.ATTENTION)
    return Cell(when_text(at, station, dated=kind in _DATED))


def _standing(line: VisitorLine, kind: str, station: Station) -> Cell:
    if kind in _ANNOUNCED and line.expected_at is not None:
        return _until(line.expected_at, station)
    if kind == HELD:
        return Cell(state_label(line.state), token="warn_text", weight=500, state=State.ATTENTION)
    return Cell(document_tail_text(line.document, line.tail), token="ink2")


def _until(expected_at: int, station: Station) -> Cell:
    minutes = (station.now_ms() - expected_at) // MS_PER_MINUTE
    if minutes > 0:
        late = (
            translate("VisitorList", "已过 {n} 分").format(n=minutes)
            if minutes < _HOUR
            else translate("VisitorList", "已过 {n} 小时").format(n=minutes // _HOUR)
        )
        return Cell(late, token="warn_text", weight=500, state=State.ATTENTION)
    left = -minutes
    if left < _HOUR:
        return Cell(translate("VisitorList", "还有 {n} 分").format(n=left), token="ink2")
    if left >= _DAYS_FROM:
        days = translate("VisitorList", "还有 {n} 天").format(n=left // _DAY)
        return Cell(days, token="ink2")
    hours = translate("VisitorList", "还有 {n} 小时").format(n=left // _HOUR)
    return Cell(hours, token="ink2")


def _last(line: VisitorLine, kind: str, station: Station) -> Cell:
    deeds = deeds_of(line, station.person.roles)
    # Who is expected or held is dealt with in his own list; elsewhere his state is told.
    if deeds and (line.state == Visit.INSIDE or kind in WITH_STATE):
        return Cell(deeds=deeds)
    if line.state == Visit.LEFT and line.left_at is not None:
        left = station.local(line.left_at)
        same_day = f"{left:%Y-%m-%d}" == line.day
        when = f"{left:%H:%M}" if same_day else f"{left:%m-%d %H:%M}"
        return Cell(translate("VisitorList", "{time} 离开").format(time=when), token="ink2")
    return Cell(state_label(line.state), token="ink2")
