"""Owns the making of an appointment: service, day, time, and the code to bring; runs Book."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QStackedLayout, QWidget

from branch.kernel.errors import TingtangError
from branch.lobby.commands.bookings import Book
from ui.lobby.picture import Picture
from ui.lobby.slots import quarters_of_day
from ui.models.dates import day_text
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import Grid, VBox

translate = QCoreApplication.translate

_DAYS_AHEAD = 14


class BookingDialog(PanelDialog):
    """A form of four choices; then the six digits, large enough to be copied from the desk."""

    def __init__(self, parent: QWidget, station: Station, shown: Picture) -> None:
        super().__init__(parent, translate("BookingDialog", "登记预约"), width=560)
        self._station, self._picture = station, shown
        self.group = self._combo(self.tr("业务分组"))
        self.service = self._combo(self.tr("业务"))
        self.day = self._combo(self.tr("日期"))
        self.time = self._combo(self.tr("时间"))
        self.error = ErrorLine()
        self.code = BigNumber("", px=72, weight=700)
        self.told = Label("", TextRole(16, 500), wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._form())
        self._pages.addWidget(self._answer())
        self.body.addWidget(Label(self.tr("登记预约"), TextRole(20, 700)))
        self.body.add_gap(14)
        self.body.addLayout(self._pages)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.book_button = PrimaryButton(self.tr("登记预约"), size=LARGE, icon="calendar")
        self.done_button = PrimaryButton(self.tr("客户已记下"), size=LARGE)
        self.done_button.hide()
        for button in (self.cancel_button, self.book_button, self.done_button):
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.book_button.clicked.connect(self._book)
        self.done_button.clicked.connect(self.accept)
        self.book_button.setDefault(True)
        self._fill()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _form(self) -> QWidget:
        page = QWidget()
        column = VBox(parent=page)
        grid = Grid(columns=2, spacing=10)
        for at, combo in enumerate((self.group, self.service, self.day, self.time)):
            cell = VBox(spacing=6)
            cell.addWidget(Label(combo.accessibleName(), SECTION))
            cell.addWidget(combo)
            grid.addLayout(cell, at // 2, at % 2)
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addStretch(1)
        return page

    def _answer(self) -> QWidget:
        page = QWidget()
        column = VBox(parent=page)
        column.add_gap(8)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.add_gap(14)
        column.addWidget(self.told)
        column.addStretch(1)
        return page

    def _fill(self) -> None:
        speech = language().code
        for group in self._picture.console.groups:
            self.group.addItem(group.name.text(speech), group.code)
        today = self._station.now().date()
        for ahead in range(_DAYS_AHEAD):
            day = today + timedelta(days=ahead)
            slots = self._slots(day)
            if slots:
                self.day.addItem(day_text(slots[0]), day.isoformat())
        self.group.currentIndexChanged.connect(self._fill_services)
        self.day.currentIndexChanged.connect(self._fill_times)
        self._fill_services()
        self._fill_times()

    def _fill_services(self) -> None:
        self.service.clear()
        for service in self._picture.services_in(str(self.group.currentData())):
            self.service.addItem(service.name.text(language().code), service.code)
        self._enable()

    def _fill_times(self) -> None:
        self.time.clear()
        chosen = self.day.currentData()
        if chosen:
            for slot in self._slots(date.fromisoformat(chosen)):
                self.time.addItem(f"{slot:%H:%M}", round(slot.timestamp() * 1000))
        self._enable()

    def _slots(self, day: date) -> tuple[datetime, ...]:
        branch = self._station.branch
        return quarters_of_day(day, branch.opens, branch.closes, self._station.now())

    def _enable(self) -> None:
        self.book_button.setEnabled(self.service.count() > 0 and self.time.count() > 0)

    def _book(self) -> None:
        self.book_button.setEnabled(False)
        self.error.show_error("")
        command = Book(str(self.service.currentData()), int(self.time.currentData()))
        self._station.run(self, command, self._booked, self._refused)

    def _booked(self, code: str) -> None:
        self.code.set_text(f"{code[:3]} {code[3:]}")
        self.code.setAccessibleName(code)
        self.told.setText(
            self.tr("{day} {time}，{service}。到店时报这个预约码。").format(
                day=self.day.currentText(),
                time=self.time.currentText(),
                service=self.service.currentText(),
            )
        )
        self._pages.setCurrentIndex(1)
        self.book_button.hide()
        self.cancel_button.hide()
        self.done_button.show()
        self.done_button.setDefault(True)
        self.done_button.setFocus()

    def _refused(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))
        self._enable()
