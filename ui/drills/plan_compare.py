"""Owns two versions of a plan side by side, paragraph by paragraph, what changed marked in both;
changes neither."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from branch.drills.queries.plans import PlanVersion
from ui.models.drill_words import plan_status
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Separator
from ui.widgets.choice_field import ChoiceField
from ui.widgets.label import CAPTION, SECOND, Label, TextRole
from ui.widgets.papers.changes import GONE, NEW, SAME, Change, ChangeLabel, word_changes
from ui.widgets.papers.large_panel import LargePanel
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid, HBox, VBox, clear

translate = QCoreApplication.translate

_WIDEST = 1200
_TEXT = TextRole(14)
# Paragraphs with less than this in common are two texts, not one that was changed.
_ALIKE: Final = 0.4
# Word by word only where it is done before anybody notices (characters of both, multiplied).
_MOST: Final = 4_000_000

Pair = tuple[tuple[Change, ...], tuple[Change, ...]]


def side_by_side(before: str, after: str) -> tuple[Pair, ...]:
    """The paragraphs of two texts in pairs, an empty side where the other has one more; what is
    gone is marked in the first, what is new in the second."""
    old, new = before.splitlines(), after.splitlines()
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind == "equal":
            pairs += [((Change(SAME, one),), (Change(SAME, one),)) for one in old[left:left_end]]
            continue
        olds, news = old[left:left_end], new[right:right_end]
        pairs += [_pair(one, other) for one, other in zip_longest(olds, news, fillvalue="")]
    return tuple(pairs)


def _pair(before: str, after: str) -> Pair:
    if before and after and len(before) * len(after) <= _MOST:
        pieces = word_changes(before, after)
        same = sum(len(one.text) for one in pieces if one.kind == SAME)
        if 2 * same >= _ALIKE * (len(before) + len(after)):
            left = tuple(one for one in pieces if one.kind != NEW)
            return left, tuple(one for one in pieces if one.kind != GONE)
    gone = (Change(GONE, before),) if before else ()
    new = (Change(NEW, after),) if after else ()
    return gone, new


def changed(pair: Pair) -> bool:
    """Whether the two sides differ."""
    return any(one.kind != SAME for side in pair for one in side)


class CompareDialog(LargePanel):
    """Which two versions, and their texts beside each other. It begins with ``later`` and the one
    before it."""

    def __init__(
        self, parent: QWidget, name: str, versions: Sequence[PlanVersion], later: PlanVersion
    ) -> None:
        title = translate("CompareDialog", "对照两版预案")
        super().__init__(parent, title, widest=_WIDEST)
        self._versions = {one.version: one for one in versions}
        self.left, self.right = self._choice(), self._choice()
        self.left.set_label(translate("CompareDialog", "原来的一版"))
        self.right.set_label(translate("CompareDialog", "改后的一版"))
        self.told = Label("", SECOND, wrap=True)
        self.rows: list[tuple[ChangeLabel, ChangeLabel]] = []
        numbers = sorted(self._versions)
        at = max(1, numbers.index(later.version))
        for field, number in ((self.left, numbers[at - 1]), (self.right, numbers[at])):
            field.combo.setCurrentIndex(field.combo.findData(number))
            field.combo.currentIndexChanged.connect(lambda _at: self._show())
        self._build(title, name)
        self._show()

    def _choice(self) -> ChoiceField:
        field = ChoiceField()
        for number, one in sorted(self._versions.items(), reverse=True):
            words = translate("PlansPage", "第 {n} 版，{status}")
            field.combo.addItem(words.format(n=number, status=plan_status(one.status)), number)
        return field

    def _build(self, title: str, name: str) -> None:
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        self.body.addWidget(Label(name, SECOND, wrap=True))
        self.body.add_gap(14)
        choices = HBox(spacing=16, margins=(0, 0, 12, 0))
        choices.addWidget(self.left, 1)
        choices.addWidget(self.right, 1)
        self.body.addLayout(choices)
        self.body.add_gap(10)
        self.body.addWidget(self.told)
        self.body.add_gap(10)
        self.body.addWidget(Separator())
        sheet = QWidget()
        self._column = VBox(margins=(0, 12, 12, 12), parent=sheet)
        area = ScrollArea(sheet, reached=True)
        area.setAccessibleName(title)
        self.body.addWidget(area, 1)
        self.close_button = PlainButton(translate("CompareDialog", "关闭"), size=LARGE)
        self.close_button.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)
        self.close_button.setFocus()

    def _version(self, field: ChoiceField) -> PlanVersion:
        return self._versions[int(field.combo.currentData())]

    def _show(self) -> None:
        before, after = self._version(self.left), self._version(self.right)
        pairs = side_by_side(_said(before), _said(after))
        count = sum(changed(pair) for pair in pairs)
        self.told.setText(
            translate("CompareDialog", "改了 {n} 处").format(n=count)
            if count
            else translate("CompareDialog", "两版文字一样")
        )
        clear(self._column)
        sheet = QWidget()
        self._column.addWidget(sheet)
        self._column.addStretch(1)
        grid = Grid(columns=2, spacing=16, parent=sheet)
        for at, one in enumerate((before, after)):
            made = Label(_made(one), CAPTION, wrap=True)
            grid.addWidget(made, 0, at, Qt.AlignmentFlag.AlignTop)
        self.rows = []
        for row, pair in enumerate(pairs, 1):
            labels = ChangeLabel(_TEXT), ChangeLabel(_TEXT)
            for at, (label, pieces) in enumerate(zip(labels, pair, strict=True)):
                grid.addWidget(label, row, at, Qt.AlignmentFlag.AlignTop)
                label.show_pieces(pieces)
            self.rows.append(labels)


def _said(one: PlanVersion) -> str:
    """Title and text as they are read."""
    body = one.body or translate("PlansPage", "按情景的步骤处理")
    return "\n".join(part for part in (one.title.zh, one.title.en, body) if part)


def _made(one: PlanVersion) -> str:
    """Who made it and since when it is in force."""
    told = []
    if one.made_by:
        told.append(translate("PlansPage", "{name} 起草").format(name=one.made_by))
    if one.approved_by:
        told.append(translate("PlansPage", "{name} 批准").format(name=one.approved_by))
    if one.effective_on:
        told.append(translate("CompareDialog", "{day} 起生效").format(day=one.effective_on))
    if one.changes:
        told.append(translate("CompareDialog", "起草人说明：{text}").format(text=one.changes))
    return "\n".join(told) or translate("CompareDialog", "随程序提供")
