"""Owns the choice of the day a what-if is asked of; must not read any day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

import resources
from ui.dashboard.whatif_lines import Offer
from ui.models.dates import day_text
from ui.widgets.button import PlainButton
from ui.widgets.label import CAPTION, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

# A business day of the branch (YYYY-MM-DD), or the file of a day to be played.
Day: TypeAlias = str | Path

_SAMPLES: Final = Path(resources.__file__).parent / "samples" / "days"
FRIDAY: Final = _SAMPLES / "ordinary_friday.csv"
PAYDAY: Final = _SAMPLES / "pension_payday.csv"


def day_words(day: Day) -> str:
    """A day as it is named here."""
    if isinstance(day, str):
        return f"{day} {day_text(datetime.fromisoformat(day))}"
    if day == FRIDAY:
        return translate("DayPick", "示范：普通的星期五")
    if day == PAYDAY:
        return translate("DayPick", "示范：养老金发放日")
    return day.name


class DayPick(QWidget):
    """Past days, the newest first, the sample days, and files opened here."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past: tuple[str, ...] = ()
        self._files: list[Path] = []
        self.label = Label("", CAPTION)
        self.days = QuietCombo()
        self.label.setBuddy(self.days)
        self.open_button = PlainButton("", icon="document")
        self.open_button.setAutoDefault(False)
        row = HBox(spacing=10)
        row.addWidget(self.days, 1)
        row.addWidget(self.open_button)
        column = VBox(spacing=6, parent=self)
        column.addWidget(self.label)
        column.addLayout(row)
        self.days.activated.connect(self.chosen)
        self.open_button.clicked.connect(self._ask_file)
        self.retranslate()

    def set_offer(self, offer: Offer) -> None:
        """Offer the branch's past days beside the samples; what was chosen stays."""
        self._past = offer.days
        self._fill()

    def day(self) -> Day:
        """The day chosen."""
        code = self.days.code()
        return code if code in self._past else Path(code)

    def offer_file(self, file: Path) -> None:
        """Choose a file of a day."""
        if file not in self._files:
            self._files.append(file)
        self._fill()
        self.days.choose(str(file))
        self.chosen.emit()

    def _fill(self) -> None:
        days: list[Day] = [*self._past, *self._files, PAYDAY, FRIDAY]
        self.days.set_choices([(str(day), day_words(day)) for day in days])
        if not self.days.code():
            self.days.choose(str(days[0]))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("打开到客文件"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.fileSelected.connect(lambda file: self.offer_file(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.label.setText(self.tr("哪一天"))
        self.days.setAccessibleName(self.tr("哪一天"))
        self.open_button.setText(self.tr("打开文件"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
