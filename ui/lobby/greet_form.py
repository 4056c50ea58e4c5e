"""Owns how the greeting looks (care, service, confirmation); must not know what presses do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.catalogue.queries import Group
from branch.lobby.rules import FLAGS
from ui.lobby.confirm_well import ConfirmWell
from ui.lobby.id_age import ID_KEY
from ui.models.words import flag_icon, flag_label
from ui.shell.language import language
from ui.widgets.button import HERO, LARGE, SMALL_TOUCH, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import CAPTION, CARD_TITLE, STRONG, Label
from ui.widgets.painting import Themed, paint_box, paint_line
from ui.widgets.stage import Grid, HBox, VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import CARE_FLAG, SERVICE_BUTTON

FORM_WIDTH = 372
# The heights from which the sizes of the picture fit, and those of a low window (1280 x 800);
# below, an offline strip is in sight as well. Nothing falls under 44 px, so a finger finds it.
_ROOMY_FROM = 780
_LOW_FROM = 690
_LINK = replace(SMALL_TOUCH, padding=4, font_px=14)
_SIDE = replace(LARGE, font_px=15, padding=6)


@dataclass(frozen=True)
class _Sizes:
    """Heights and paddings, px."""

    top: int
    bottom: int
    gap: int
    flag: int
    service: int
    well: int
    issue: int
    side: int


_ROOMY = _Sizes(top=8, bottom=20, gap=8, flag=66, service=52, well=10, issue=56, side=48)
_LOW = _Sizes(top=4, bottom=10, gap=8, flag=54, service=44, well=6, issue=52, side=44)
_LOWEST = _Sizes(top=0, bottom=8, gap=6, flag=46, service=44, well=4, issue=48, side=44)


class _StepNumber(Themed, QWidget):
    """A number in a disc."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = str(number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(22, 22)

    def paintEvent(self, _event: object) -> None:
        painter, theme, rect = QPainter(self), self.theme(), QRectF(self.rect())
        paint_box(painter, rect, 11, theme.colour("accent"))
        face, ink = self.font_px(13, 700), theme.colour("on_accent")
        paint_line(painter, rect, self._number, face, ink, Qt.AlignmentFlag.AlignHCenter)


class GreetForm(Card):
    """Three questions under one another; it shows what it is told and tells what was pressed."""

    flag_pressed = Signal(str, bool)
    group_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(FORM_WIDTH)
        self._sizes: _Sizes | None = None
        self._shown_groups: tuple[tuple[Group, int], ...] = ()
        self.title = Label("", CARD_TITLE)
        self.book_button = LinkButton("", size=_LINK)
        self.id_button = LinkButton("", size=_LINK)
        self.clear_button = LinkButton("", size=_LINK)
        self._questions = [Label("", STRONG) for _ in range(3)]
        self._optional = Label("", CAPTION)
        self._flags = {code: Tile(CARE_FLAG) for code in FLAGS}
        self._groups: dict[str, Tile] = {}
        self.well = ConfirmWell()
        self.issue_button = PrimaryButton("", size=HERO, icon="printer")
        self.machine_button = PlainButton("", size=_SIDE, icon="machine")
        self.room_button = PlainButton("", size=_SIDE, icon="room")
        self._lay_out()
        for code, tile in self._flags.items():
            tile.setCheckable(True)
            tile.clicked.connect(lambda on, code=code: self.flag_pressed.emit(code, on))
        self.retranslate()
        self._fit()

    def _lay_out(self) -> None:
        self._column = VBox(parent=self)
        head = HBox(spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.id_button)
        head.addWidget(self.book_button)
        head.addWidget(self.clear_button)
        self._column.addLayout(head)
        self._column.addLayout(self._heading(0))
        self._flag_grid = Grid(columns=4, spacing=8)
        for at, tile in enumerate(self._flags.values()):
            self._flag_grid.addWidget(tile, at // 4, at % 4)
        self._column.addLayout(self._flag_grid)
        self._column.addStretch(1)
        self._column.addLayout(self._heading(1))
        self._group_grid = Grid(columns=2, spacing=8)
        self._column.addLayout(self._group_grid)
        self._column.addStretch(1)
        self._column.addLayout(self._heading(2))
        self._column.addWidget(self.well)
        self._column.add_gap(10)
        self._column.addWidget(self.issue_button)
        self._column.add_gap(8)
        sides = HBox(spacing=8)
        sides.addWidget(self.machine_button, 1)
        sides.addWidget(self.room_button, 1)
        self._column.addLayout(sides)

    def _heading(self, at: int) -> HBox:
        row = HBox(spacing=10, margins=(0, 0, 0, 8))
        row.addWidget(_StepNumber(at + 1))
        row.addWidget(self._questions[at], 1)
        if at == 0:
            row.addWidget(self._optional)
        return row

    def flag(self, code: str) -> Tile:
        """The tile of a flag."""
        return self._flags[code]

    def flag_codes(self) -> tuple[str, ...]:
        """The flags in the order of their keys."""
        return tuple(self._flags)

    def group(self, code: str) -> Tile:
        """The tile of a group; raises KeyError before the groups are known."""
        return self._groups[code]

    def group_codes(self) -> tuple[str, ...]:
        """The groups in the order of their keys."""
        return tuple(self._groups)

    def show_groups(self, groups: Sequence[tuple[Group, int]]) -> None:
        """Show these groups, each with how many wait for it."""
        self._shown_groups = tuple(groups)
        codes = [group.code for group, _waiting in groups]
        if list(self._groups) != codes:
            self._make_groups(codes)
        for group, waiting in groups:
            self._groups[group.code].set_content(
                TileContent(
                    group.short.text(language().code),
                    icon=group.icon,
                    right=self.tr("{n} 人").format(n=waiting),
                )
            )

    def show_choice(self, flags: frozenset[str], group: str) -> None:
        """Mark what is chosen."""
        for code, tile in self._flags.items():
            tile.setChecked(code in flags)
        for code, tile in self._groups.items():
            tile.setChecked(code == group)

    def _make_groups(self, codes: list[str]) -> None:
        for tile in self._groups.values():
            tile.deleteLater()
        self._groups = {}
        for at, code in enumerate(codes):
            tile = Tile(SERVICE_BUTTON)
            tile.setCheckable(True)
            tile.setToolTip(f"Ctrl+{at + 1}")
            tile.clicked.connect(lambda _on=False, code=code: self.group_pressed.emit(code))
            self._groups[code] = tile
            self._group_grid.addWidget(tile, at // 2, at % 2)
        self._sizes = None
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The sizes of the picture, or lower ones where the room is short."""
        height = self.height()
        sizes = _ROOMY if height >= _ROOMY_FROM else _LOW if height >= _LOW_FROM else _LOWEST
        if sizes is self._sizes:
            return
        self._sizes = sizes
        self._column.set_margins(21, sizes.top, 21, sizes.bottom)
        for grid in (self._flag_grid, self._group_grid):
            grid.setVerticalSpacing(sizes.gap)
        for tile in self._flags.values():
            tile.set_style(replace(CARE_FLAG, height=sizes.flag))
        for tile in self._groups.values():
            tile.set_style(replace(SERVICE_BUTTON, height=sizes.service))
        self.issue_button.set_size(replace(HERO, height=sizes.issue))
        for button in (self.machine_button, self.room_button):
            button.set_size(replace(_SIDE, height=sizes.side))
        self.well.set_padding(sizes.well)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("接待分流"))
        self.book_button.setText(self.tr("登记预约"))
        self.id_button.setText(self.tr("按身份证判断"))
        self.id_button.setToolTip(ID_KEY)
        self.clear_button.setText(self.tr("清空重来"))
        self.clear_button.setToolTip("Esc")
        self._questions[0].setText(self.tr("您好，请问需要照顾吗？"))
        self._questions[1].setText(self.tr("请问您办理什么业务？"))
        self._questions[2].setText(self.tr("确认出号"))
        self._optional.setText(self.tr("可跳过"))
        self.issue_button.setText(self.tr("出号并打印"))
        self.issue_button.setToolTip("Enter")
        self.machine_button.setText(self.tr("带去自助机"))
        self.room_button.setText(self.tr("请进接待室"))
        for at, (code, tile) in enumerate(self._flags.items()):
            tile.set_content(TileContent(flag_label(code), icon=flag_icon(code)))
            tile.setToolTip(str(at + 1))
        self.show_groups(self._shown_groups)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
