"""Owns the announcement of a visitor: who, whom, when; must not sign anybody in."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import to_ms
from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.masking import mask_name
from branch.visitors.commands.register import Expect
from ui.models.dates import day_text
from ui.shell.station import Station, sentence
from ui.visitors.details_fields import DetailsFields
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.moment_fields import DayField, TimeField
from ui.widgets.stage import HBox

translate = QCoreApplication.translate


class ExpectDialog(PanelDialog):
    """``announced`` carries the sentence that says whom and when. Everything typed stays on any
    refusal."""

    announced = Signal(str)

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("ExpectDialog", "预约来访")
        super().__init__(parent, title, width=620)
        self._station = station
        self.fields = DetailsFields(station)
        self.fields.propose_host(station.person.staff)
        self.day, self.time = DayField(), TimeField()
        self.day.set_label(self.tr("日期"))
        self.time.set_label(self.tr("时间"))
        hour = station.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.day.set_day(hour.date())
        self.time.set_time(hour.time())
        self.error = ErrorLine()
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        told = self.tr("只填来访需要的内容；到访时仍会告知并核对证件。")
        self.body.addWidget(Label(told, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        moment = HBox(spacing=12)
        moment.addWidget(self.day, 1)
        moment.addWidget(self.time, 1)
        self.body.addLayout(moment)
        self.body.add_gap(14)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.announce_button = PrimaryButton(self.tr("预约来访"), size=LARGE, icon="calendar")
        for button in (self.cancel_button, self.announce_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.announce_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.announce_button.clicked.connect(self._announce)
        self.day.setFocus()

    def _moment(self) -> datetime:
        return datetime.combine(self.day.day(), self.time.time(), tzinfo=self._station.zone)

    def _announce(self) -> None:
        self.error.show_error("")
        self.announce_button.setEnabled(False)
        command = Expect(self.fields.details(), to_ms(self._moment()))
        self._station.run(self, command, self._done, self._refused)

    def _done(self, _visitor: int) -> None:
        moment = self._moment()
        text = self.tr("已预约：{name}，{day} {time}").format(
            name=mask_name(self.fields.name.text()), day=day_text(moment), time=f"{moment:%H:%M}"
        )
        self.announced.emit(text)
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.announce_button.setEnabled(True)
        places = {**self.fields.places(), "expected_at": self.time.set_error}
        field = error.field if isinstance(error, BadInput) else ""
        places.get(field, self.error.show_error)(sentence(error))
        self.adjustSize()
