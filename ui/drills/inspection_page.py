"""Owns which part of the inspections is shown: the day, the month, the equipment, the training."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.drills.equipment_page import EquipmentPage
from ui.drills.inspection_day import InspectionDay
from ui.drills.inspection_month import InspectionMonth
from ui.drills.training_page import TrainingPage
from ui.shell.station import Station
from ui.widgets.choice import SegmentedControl
from ui.widgets.stage import HBox, VBox

DAY, MONTH, EQUIPMENT, TRAINING = "day", "month", "equipment", "training"
_PARTS = (DAY, MONTH, EQUIPMENT, TRAINING)
_MAKERS: dict[str, Callable[[Station], InspectionMonth | EquipmentPage | TrainingPage]] = {
    MONTH: InspectionMonth,
    EQUIPMENT: EquipmentPage,
    TRAINING: TrainingPage,
}


class InspectionPage(QWidget):
    """``said`` carries what was done, in words; Alt+5 to Alt+8 go to the parts."""

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspections")
        self._station = station
        self.choice = SegmentedControl([(part, "") for part in _PARTS])
        self.stack = QStackedWidget()
        self.day = InspectionDay(station)
        self._made: dict[str, QWidget] = {DAY: self.day}
        self.stack.addWidget(self.day)
        self.day.said.connect(self.said)
        row = HBox()
        row.addWidget(self.choice)
        row.addStretch(1)
        column = VBox(spacing=14, parent=self)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.choice.chosen.connect(self.show_part)
        for at, part in enumerate(_PARTS):
            QShortcut(QKeySequence(f"Alt+{at + 5}"), self).activated.connect(
                partial(self.show_part, part)
            )
        self.retranslate()

    def show_part(self, part: str) -> QWidget:
        """Go to a part; it is made when somebody first goes there."""
        if part not in self._made:
            page = _MAKERS[part](self._station)
            page.said.connect(self.said)
            self._made[part] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self._made[part])
        self.choice.set_current(part)
        return self._made[part]

    def retranslate(self) -> None:
        """Take all words anew."""
        self.choice.setAccessibleName(self.tr("巡检的页面"))
        self.choice.set_texts(
            {
                DAY: self.tr("每日巡检"),
                MONTH: self.tr("月度汇总"),
                EQUIPMENT: self.tr("设备登记"),
                TRAINING: self.tr("培训与表彰"),
            }
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
