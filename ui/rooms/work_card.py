"""Owns the middle of a session: the sentence to say, the customer's words, wishes, what calms,
what is checked, the way to the next step; must not send anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from branch.rooms.rules import STEP_CODES, WISHES
from ui.models.room_words import calming_label, step_label, step_sentence, wish_label
from ui.rooms.lines import CheckLine, CheckLines
from ui.rooms.statement import StatementPart
from ui.shell.theme import Theme
from ui.widgets.button import COMPACT, LARGE, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import CANVAS_WELL, Card, Well
from ui.widgets.flow import Flow
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox
from ui.widgets.tick_item import TickItem

_CAPTION: Final = TextRole(13, 500, "ink2")
_CHIP: Final = replace(LARGE, height=44, font_px=15, padding=17, icon_px=16, gap=6)
_CHOSEN: Final = replace(_CHIP, edge=2)
_FOOT: Final = replace(LARGE, icon_px=18)
_NEXT: Final = replace(_FOOT, padding=28, icon_right=True)
_ADD: Final = replace(COMPACT, padding=4)
# What belongs to which step (complaints.md 4d).
CALMING_OF: Final = {
    "listen": ("seated", "listened"),
    "repeat": ("read_back", "thanked", "asked_wish"),
    "verify": (),
    "discuss": ("explained", "offered"),
    "agree": ("copy_given", "seen_out"),
}
# From this step on there is something to check.
_CHECKS_FROM: Final = STEP_CODES.index("verify")
_TICK_WORDS: Final = 440


class WishChip(PlainButton):
    """One wish: an outline, in the accent with a tick while it is chosen."""

    def __init__(self) -> None:
        super().__init__("", size=_CHIP)
        self.setCheckable(True)
        self.repeat_guard = False
        self.toggled.connect(self._look)

    def _look(self, on: bool) -> None:
        self.set_icon_name("check" if on else "")
        self.set_size(_CHOSEN if on else _CHIP)

    def _weight(self) -> int:
        return 700 if self.isChecked() else 400

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor | None, QColor]:
        if not self.isChecked():
            return super()._colours(theme)
        accent = theme.colour("accent")
        return theme.colour("accent_tint"), accent, accent


class WorkCard(Card):
    """``step_wanted`` carries a step from 1 on; the others carry what was touched."""

    step_wanted = Signal(int)
    wishes_changed = Signal(object)
    calming_changed = Signal(str, bool)
    check_opened = Signal(int)
    check_wanted = Signal()
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._step = 1
        self.sentence = Label("", TextRole(18, 500), wrap=True)
        self.statement = StatementPart()
        self.wishes_caption, self.checks_caption = Label("", _CAPTION), Label("", _CAPTION)
        self.wishes = {code: WishChip() for code in WISHES}
        self.calming = {
            code: TickItem(words=_TICK_WORDS, row=34)
            for codes in CALMING_OF.values()
            for code in codes
        }
        self.calming_caption = Label("", _CAPTION)
        self.checks = CheckLines()
        self.check_button = LinkButton("", size=_ADD, icon="plus")
        self.back_button = PlainButton("", size=_FOOT, icon="arrow-left")
        self.file_button = PlainButton("", size=_FOOT, icon="camera")
        self.next_button = PrimaryButton("", size=_NEXT, icon="arrow-right")
        self._lay_out()
        self._wire()
        self.retranslate()

    def _lay_out(self) -> None:
        well = Well(CANVAS_WELL)
        said = HBox(spacing=12, margins=(18, 11, 18, 11), parent=well)
        said.addWidget(IconLabel("complaint", 24, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.sentence, 1)
        wishes = QWidget()
        flow = Flow(parent=wishes)
        for chip in self.wishes.values():
            flow.addWidget(chip)
        self._calming = QWidget()
        ticks = VBox(parent=self._calming)
        ticks.addWidget(self.calming_caption)
        ticks.add_gap(2)
        for item in self.calming.values():
            ticks.addWidget(item)
        ticks.add_gap(10)
        self._checks = QWidget()
        head = HBox(spacing=8)
        head.addWidget(self.checks_caption, 1)
        head.addWidget(self.check_button)
        checks = VBox(parent=self._checks)
        checks.addLayout(head)
        checks.addWidget(self.checks)
        sheet = QWidget()
        column = VBox(parent=sheet)
        # It takes the room that is left before the end of the sheet does.
        column.addWidget(self.statement, 1000)
        column.add_gap(18)
        column.addWidget(self.wishes_caption)
        column.add_gap(8)
        column.addWidget(wishes)
        column.add_gap(14)
        column.addWidget(self._calming)
        column.addWidget(self._checks)
        column.addStretch(1)
        self.area = ScrollArea(sheet, bare=True)
        foot = HBox(spacing=12)
        foot.addWidget(self.back_button)
        foot.addWidget(self.file_button)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        whole = VBox(margins=(26, 22, 26, 22), parent=self)
        whole.addWidget(well)
        whole.add_gap(20)
        whole.addWidget(self.area, 1)
        whole.add_gap(14)
        whole.addLayout(foot)

    def _wire(self) -> None:
        self.next_button.clicked.connect(lambda: self.step_wanted.emit(self._step + 1))
        self.back_button.clicked.connect(lambda: self.step_wanted.emit(self._step - 1))
        self.file_button.clicked.connect(self.file_wanted)
        self.check_button.clicked.connect(self.check_wanted)
        self.checks.opened.connect(self.check_opened)
        for chip in self.wishes.values():
            chip.clicked.connect(lambda _on: self.wishes_changed.emit(self.chosen_wishes()))
        for code, item in self.calming.items():
            item.clicked.connect(lambda on, code=code: self.calming_changed.emit(code, on))

    # -- showing --------------------------------------------------------------------------------

    def chosen_wishes(self) -> frozenset[str]:
        """What the customer hopes for, as it is ticked."""
        return frozenset(code for code, chip in self.wishes.items() if chip.isChecked())

    def show_step(self, step: int) -> None:
        """Which of the five is at work, from 1."""
        self._step = step
        code = STEP_CODES[step - 1]
        for item in self.calming:
            self.calming[item].setVisible(item in CALMING_OF[code])
        self._calming.setVisible(bool(CALMING_OF[code]))
        self._checks.setVisible(step - 1 >= _CHECKS_FROM)
        self.back_button.setEnabled(step > 1)
        self.next_button.setVisible(step < len(STEP_CODES))
        self._say()

    def show_marks(self, wishes: Collection[str], calming: Collection[str]) -> None:
        """What is ticked."""
        for code, chip in self.wishes.items():
            chip.setChecked(code in wishes)
        for code, item in self.calming.items():
            item.setChecked(code in calming)

    def show_checks(self, lines: Sequence[CheckLine]) -> None:
        """What is looked into."""
        self.checks.show_lines(lines)

    def allow_files(self, can: bool) -> None:
        """Pictures and papers are kept in a case; without one the button says so."""
        self.file_button.setEnabled(can)
        self._say()

    def _say(self) -> None:
        told = "" if self.file_button.isEnabled() else self.tr("先登记或关联投诉，才能存照片")
        self.file_button.setToolTip(told)
        self.file_button.setAccessibleDescription(told)
        code = STEP_CODES[self._step - 1]
        self.sentence.setText(step_sentence(code))
        if self._step < len(STEP_CODES):
            coming = step_label(STEP_CODES[self._step])
            is_last = self._step + 1 == len(STEP_CODES)
            text = self.tr("最后，{step}") if is_last else self.tr("下一步，{step}")
            self.next_button.setText(text.format(step=coming))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.wishes_caption.setText(self.tr("客户希望"))
        self.calming_caption.setText(self.tr("这一步要做到"))
        self.checks_caption.setText(self.tr("核实清单"))
        self.check_button.setText(self.tr("添加"))
        self.check_button.setAccessibleName(self.tr("添加核实事项"))
        for code, chip in self.wishes.items():
            chip.setText(wish_label(code))
            chip.refresh()
        for code, item in self.calming.items():
            item.set_text(calming_label(code))
        self.checks.setAccessibleName(self.tr("核实清单"))
        self.back_button.setText(self.tr("上一步"))
        self.file_button.setText(self.tr("拍摄材料"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
