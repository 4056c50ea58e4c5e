"""Owns the folded part of a reception record: what to call back for, the notice, the contact.

The name and number fields open only once the notice is ticked as read out; it sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.identity import mobile_doubt
from branch.visitors.queries.notices import Notice
from branch.visitors.reception import FOLLOW_UPS, surname_doubt
from ui.models.dates import day_text
from ui.models.reception_words import reception_word
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.chips import Chips
from ui.widgets.choice import CheckRow
from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import FieldEdit
from ui.widgets.label import BODY, CAPTION, SECTION, STRONG, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox

_DAYS_AHEAD: Final = 14
# What the notice is given at most; a longer one scrolls.
_NOTICE_WIDTH: Final = 440
_NOTICE_HEIGHT: Final = 90
_NO_TITLE: Final = "none"


@dataclass(frozen=True)
class FollowUp:
    """What the form says; without ``told_at`` (ms) there is no contact and no notice."""

    kind: str = ""
    day: str = ""
    surname: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    notice: int | None = None
    told_at: int | None = None


class FollowUpForm(QWidget):
    """客户希望回访, and what is then needed. ``unfolded`` tells of another height."""

    unfolded = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._notice: Notice | None = None
        self._told_at: int | None = None
        self._kept = ""
        self.wanted = CheckRow("")
        self.kinds = Chips(4)
        self.day = QuietCombo()
        self.day_label = Label("", SECTION)
        self.read_out = Label("", STRONG)
        self.words = Label("", BODY, wrap=True, align=Qt.AlignmentFlag.AlignLeft)
        self.told = CheckRow("")
        self.no_matter = Label("", CAPTION, wrap=True)
        self.surname = FieldEdit("")
        self.title = QuietCombo()
        self.title_label = Label("", SECTION)
        self.phone = FieldEdit("")
        # Nothing of a customer goes into a dictionary of words to propose.
        for edit in (self.surname.edit, self.phone.edit):
            edit.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            )
        self.doubt = DoubtLine()
        self._panel = QWidget()
        self._lay_out()
        self._wire()
        self.retranslate()
        self._show()

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = VBox(parent=self)
        column.addWidget(self.wanted)
        column.addWidget(self._panel)
        inner = VBox(parent=self._panel)
        inner.add_gap(4)
        inner.addWidget(self.kinds)
        inner.add_gap(8)
        row = HBox(spacing=12)
        row.addWidget(self.day_label)
        row.addWidget(self.day, 1)
        inner.addLayout(row)
        inner.add_gap(10)
        inner.addWidget(self._well())
        inner.addWidget(self.told)
        inner.addWidget(self.no_matter)
        inner.add_gap(8)
        contact = HBox(spacing=10)
        contact.addWidget(self.surname, 3)
        titles = VBox(spacing=6)
        titles.addWidget(self.title_label)
        titles.addWidget(self.title)
        contact.addLayout(titles, 3)
        contact.addWidget(self.phone, 5)
        inner.addLayout(contact)
        inner.addWidget(self.doubt)

    def _well(self) -> Well:
        well = Well(CANVAS_WELL)
        column = VBox(margins=(14, 10, 6, 10), parent=well)
        column.addWidget(self.read_out)
        column.add_gap(2)
        self.notice_area = ScrollArea(self.words, reached=True, bare=True)
        # The notice stands on the well's own ground.
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.notice_area)
        return well

    def _wire(self) -> None:
        self.wanted.toggled.connect(self._fold)
        self.told.toggled.connect(self._tell)
        self.surname.edit.textChanged.connect(self._look)
        self.phone.edit.textChanged.connect(self._look)
        self.surname.left.connect(self._show_doubt)
        self.phone.left.connect(self._show_doubt)

    # -- what is said ---------------------------------------------------------------------------

    def show_notice(self, notice: Notice) -> None:
        """Show the notice in force; one already read out is not taken away."""
        if self._told_at is None:
            self._notice = notice
            self._show()

    def offer_days(self, today: datetime) -> None:
        """Offer today and the two weeks after it; three days ahead is proposed."""
        days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD + 1)]
        self.day.set_choices([(day.date().isoformat(), day_text(day)) for day in days])
        if not self.day.code():
            self.day.setCurrentIndex(3)

    def fill(self, kind: str, day: str, kept: str) -> None:
        """Show a standing record; ``kept`` is its contact, masked, which stays unless replaced."""
        self._kept = kept
        self.wanted.setChecked(bool(kind))
        self.kinds.choose(frozenset({kind}))
        if day and self.day.findData(day) < 0:
            self.day.addItem(day_text(datetime.fromisoformat(day)), day)
        if day:
            self.day.choose(day)
        self._show()

    def said(self) -> FollowUp:
        """What stands in the form; what was typed before the tick was taken back is left out."""
        if not self.wanted.isChecked():
            return FollowUp()
        told = self._told_at is not None and self._notice is not None
        contact = (self.surname.text().strip(), self.title.code(), self.phone.text().strip())
        if not told or not (contact[0] or contact[2]):
            return FollowUp(self.kinds.code(), self.day.code())
        assert self._notice is not None  # nothing is ticked before it is shown
        return FollowUp(
            self.kinds.code(),
            self.day.code(),
            contact[0],
            contact[1].replace(_NO_TITLE, ""),
            contact[2],
            self._notice.version,
            self._told_at,
        )

    def keeps_contact(self) -> bool:
        """Whether the contact of a standing record stays as it is."""
        return bool(self._kept) and self.said().told_at is None

    # -- showing --------------------------------------------------------------------------------

    def _fold(self, wanted: bool) -> None:
        if wanted and not self.kinds.code():
            self.kinds.choose(frozenset({FOLLOW_UPS[0]}))
        self._show()
        self.unfolded.emit()
        if wanted:
            self.kinds.focus_first()

    def _tell(self, told: bool) -> None:
        self._told_at = self._station.now_ms() if told else None
        self._show()
        if told:
            self.surname.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        # A doubt goes as soon as it is mended; it comes when the field is left.
        if self.doubt.code:
            self._show_doubt()

    def _show_doubt(self) -> None:
        surname, phone = self.surname.text().strip(), self.phone.text().strip()
        before = self.doubt.isVisible()
        self.doubt.show_doubt(surname_doubt(surname) or mobile_doubt(phone))
        if self.doubt.isVisible() != before:
            self.unfolded.emit()

    def _show(self) -> None:
        self._panel.setVisible(self.wanted.isChecked())
        told = self._told_at is not None
        for widget in (self.surname, self.title, self.phone):
            widget.setEnabled(told)
        self.told.setEnabled(self._notice is not None)
        if self._notice is not None:
            branch = self._station.branch.name.text(language().code)
            self.words.setText(self._notice.text(language().code, branch))
            needed = self.words.heightForWidth(_NOTICE_WIDTH)
            self.notice_area.setFixedHeight(min(needed, _NOTICE_HEIGHT))
        kept = self.tr("已记下：{who}。要改才需重新填写。").format(who=self._kept)
        free = self.tr("客户不想留也可以，照常办理，下面不用填。")
        self.no_matter.setText(kept if self._kept else free)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.wanted.set_text(self.tr("客户希望我们回访"))
        self.kinds.setAccessibleName(self.tr("回访什么"))
        self.kinds.offer([(code, reception_word("follow_up", code)) for code in FOLLOW_UPS])
        self.day_label.setText(self.tr("最晚哪天"))
        self.day.setAccessibleName(self.tr("最晚哪天"))
        self.offer_days(self._station.now())
        self.read_out.setText(self.tr("请先读给客户听"))
        self.notice_area.setAccessibleName(self.tr("请先读给客户听"))
        self.told.set_text(self.tr("已读，客户愿意留电话"))
        self.surname.set_label(self.tr("姓氏"))
        self.title_label.setText(self.tr("称呼"))
        self.title.setAccessibleName(self.tr("称呼"))
        self.title.set_choices(self._titles())
        if not self.title.code():
            self.title.setCurrentIndex(0)
        self.phone.set_label(self.tr("电话"))
        self.doubt.show_doubt(self.doubt.code or None)
        self._show()

    def _titles(self) -> Sequence[tuple[str, str]]:
        return (
            (_NO_TITLE, self.tr("不填")),
            ("mr", self.tr("先生")),
            ("ms", self.tr("女士")),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
