"""Owns the places of work: who may choose which, and the tiles to choose from; signs nobody in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from branch.catalogue.queries import Group, groups
from branch.kernel.store import Store
from branch.lobby.queries.waiting import CounterNow, counters_now
from branch.people.queries import staff_members
from branch.people.rules import may_read, permits
from ui.models.words import place_label
from ui.shell.fonts import font
from ui.shell.language import language
from ui.widgets.painting import text_width
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import PLACE_OF_WORK

# What somebody must be allowed to do, one of these, to work at a place.
_NEEDED: Final = {
    "counter": ("CallNext",),
    "lobby": ("Greet",),
    "kiosk": ("CloseDay", "AddStaff"),
    "board": ("CloseDay", "AddStaff"),
    "rating": ("CloseDay", "AddStaff"),
    "register": ("Expect",),
    "room": ("StartSession",),
    "admin": ("ChangeSetting",),
}
# Places where reading alone is work as well, and what has to be open for it.
_READ_AT: Final = {
    "register": ("register",),
    "complaints": ("complaints",),
    "drills": ("drills", "inspections"),
    "dashboard": ("dashboard",),
    "admin": ("audit", "permissions"),
}
_ICONS: Final = {
    "counter": "counter",
    "lobby": "lobby",
    "kiosk": "ticket",
    "board": "speaker",
    "register": "id-card",
    "complaints": "complaint",
    "room": "room",
    "drills": "drill",
    "dashboard": "insights",
    "admin": "settings",
}
_OTHERS: Final = (
    "lobby",
    "kiosk-1",
    "board-1",
    "register",
    "complaints",
    "room",
    "drills",
    "dashboard",
    "admin",
)
# More places than these stand lower, so that a small screen need not scroll.
_MOST_TALL: Final = 12
_LOW: Final = replace(PLACE_OF_WORK, height=48)
# Room for the second line of a tile that is chosen, px.
_SECOND_WIDTH: Final = 128


def kind_of(place: str) -> str:
    """The kind of a place: ``counter-3`` is a counter."""
    return place.partition("-")[0]


def may_work(place: str, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles may work at a place."""
    kind = kind_of(place)
    return any(may_read(what, roles) for what in _READ_AT.get(kind, ())) or any(
        permits(command, roles) for command in _NEEDED.get(kind, ())
    )


def place_name(place: str) -> str:
    """A place as a person calls it."""
    if place == "admin":
        return _tr("设置")
    return place_label(kind_of(place) if place in _OTHERS else place)


@dataclass(frozen=True)
class Places:
    """The counters with who is there, the groups of services, staff numbers by account."""

    counters: tuple[CounterNow, ...]
    groups: tuple[Group, ...]
    staff_nos: dict[int, str]

    def keys(self) -> list[str]:
        """All places in the order of the tiles."""
        return [*(f"counter-{counter.number}" for counter in self.counters), *_OTHERS]


def places(store: Store) -> Places:
    """What the sign-in page shows of the branch."""
    return Places(
        counters_now(store),
        groups(store),
        {member.id: member.staff_no for member in staff_members(store)},
    )


class PlaceGrid(ScrollArea):
    """One tile a place, one of them chosen at most; a counter a colleague is at cannot be."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(QWidget())
        self._places: Places | None = None
        self._tiles: dict[str, Tile] = {}
        self._buttons = QButtonGroup(self)
        self._wanted = self._ours = self._number = ""

    def sizeHint(self) -> QSize:
        """Room for all tiles; where there is less, they scroll."""
        widget = self.widget()
        assert widget is not None
        return widget.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Three rows at least."""
        return QSize(400, min(self.sizeHint().height(), 236))

    def choice(self) -> str:
        """The place chosen, or an empty text."""
        return next((key for key, tile in self._tiles.items() if tile.isChecked()), "")

    def tile(self, key: str) -> Tile:
        """The tile of a place."""
        return self._tiles[key]

    def choose(self, place: str, *, ours: bool = False) -> None:
        """Choose a place as soon as it is there.

        ``ours`` says that this machine stands there, so that it can be chosen even while the
        last person's counter is not closed yet.
        """
        self._wanted = place
        self._ours = place if ours else self._ours
        self._refresh()

    def set_number(self, staff_no: str) -> None:
        """Whose number was typed: the counter somebody is at stays open to himself."""
        self._number = "".join(staff_no.split())
        self._refresh()

    def set_places(self, found: Places) -> None:
        """Show the branch as it is now; keeps the choice while it can be kept."""
        known = list(self._tiles) == found.keys()
        self._places = found
        if not known:
            self._build(found.keys())
        self._refresh()

    def retranslate(self) -> None:
        """Take every word anew."""
        self._refresh()

    def _build(self, keys: Sequence[str]) -> None:
        if self._wanted == "":
            self._wanted = self.choice()
        inside = QWidget()
        many = len(keys) > _MOST_TALL
        grid = Grid(columns=2, spacing=6 if many else 10, parent=inside)
        self._tiles = {}
        self._buttons = QButtonGroup(self)
        for position, key in enumerate(keys):
            tile = Tile(_LOW if many else PLACE_OF_WORK)
            tile.setObjectName(key)
            tile.setCheckable(True)
            tile.clicked.connect(lambda _on=False, key=key: self._was_chosen(key))
            self._tiles[key] = tile
            self._buttons.addButton(tile)
            grid.addWidget(tile, position // 2, position % 2)
        grid.setRowStretch(len(keys), 1)
        self.setWidget(inside)
        self.updateGeometry()

    def _was_chosen(self, key: str) -> None:
        self._wanted = ""
        self.chosen.emit(key)

    def _refresh(self) -> None:
        if self._places is None:
            return
        for counter in self._places.counters:
            key = f"counter-{counter.number}"
            free = self._is_free(key, counter)
            content = TileContent(
                title=place_name(key),
                second=self._second_line(counter, free),
                icon=_ICONS["counter"],
                right_icon="" if free else "lock",
                right_token="ink3",
            )
            self._set(key, content, free)
        for key, second in (
            ("lobby", _tr("大堂经理")),
            ("kiosk-1", _tr("客户自己取号")),
            ("board-1", _tr("大厅里的显示屏")),
            ("register", _tr("门岗、访客和点名")),
            ("complaints", _tr("受理、期限和答复")),
            ("room", _tr("当面接待投诉客户")),
            ("drills", _tr("应急演练和日常巡检")),
            ("dashboard", _tr("等候、承诺和公平")),
            ("admin", _tr("网点、员工和柜台")),
        ):
            icon = _ICONS[kind_of(key)]
            self._set(key, TileContent(place_name(key), second, icon=icon), True)

    def _set(self, key: str, content: TileContent, free: bool) -> None:
        tile = self._tiles[key]
        if tile.content() != content:
            tile.set_content(content)
        tile.setEnabled(free)
        if key == self._wanted and free:
            tile.setChecked(True)
            self._wanted = ""
            self.chosen.emit(key)
        elif tile.isChecked() and not free:
            # An exclusive group keeps its last choice unless it is let go for a moment.
            self._buttons.setExclusive(False)
            tile.setChecked(False)
            self._buttons.setExclusive(True)
            # Free again (he corrects his number, the colleague leaves), it is his choice still.
            self._wanted = key

    def _is_free(self, key: str, counter: CounterNow) -> bool:
        if counter.staff is None or key == self._ours:
            return True
        assert self._places is not None  # asked only while there are places
        return self._places.staff_nos.get(counter.staff) == self._number

    def _second_line(self, counter: CounterNow, free: bool) -> str:
        assert self._places is not None  # asked only while there are places
        code = language().code
        if not free:
            who = _tr("{name}在用").format(name=counter.staff_name)
            what = next((g.short.text(code) for g in self._places.groups if g.code in
                         counter.groups), "")  # fmt: skip
            both = f"{what}{_tr('，')}{who}"
            return both if what and _fits(both) else who
        if counter.name.text(code):
            return counter.name.text(code)
        mine = [group.short.text(code) for group in self._places.groups if group.code in
                counter.groups]  # fmt: skip
        if len(mine) == len(self._places.groups) and len(mine) > 1:
            return _tr("全部业务")
        return _short_list(mine)


def _fits(text: str) -> bool:
    return text_width(text, font(PLACE_OF_WORK.second_px)) <= _SECOND_WIDTH


def _short_list(names: Collection[str]) -> str:
    """As many names as the tile has room for, and whether there are more."""
    listed = list(names)
    joined = _tr("、").join(listed)
    for count in range(len(listed) - 1, 0, -1):
        if _fits(joined):
            break
        joined = _tr("{names}等").format(names=_tr("、").join(listed[:count]))
    return joined


def _tr(text: str) -> str:
    return QCoreApplication.translate("Places", text)
