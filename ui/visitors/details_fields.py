"""Owns the fields in which somebody is announced or put right; must not send them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from branch.kernel.identity import mobile_doubt
from branch.kernel.masking import mask_phone
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.visitors.details import Details
from branch.visitors.queries.register import VisitorLine
from branch.visitors.rules import AREAS
from ui.models.visitor_words import area_label
from ui.shell.station import Station
from ui.visitors.form_fields import PurposeChoice
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import FieldEdit
from ui.widgets.masked_field import PRIVATE, MaskedField
from ui.widgets.staff_field import Colleague, StaffField, colleagues_among
from ui.widgets.stage import Grid, VBox


class DetailsFields(QWidget):
    """Purpose, name, telephone, unit, host, area, matter, plate. ``line`` is somebody known: what
    is masked of him stays as it is unless it is typed anew."""

    def __init__(self, station: Station, line: VisitorLine | None = None) -> None:
        super().__init__()
        self._line = line
        self.purpose = PurposeChoice()
        self.name, self.unit, self.matter = FieldEdit(""), FieldEdit(""), FieldEdit("")
        self.plate = FieldEdit("")
        self.phone = MaskedField(mask_phone, mobile_doubt)
        self.host, self.area = StaffField("host_unknown"), ChoiceField()
        for field in (self.name, self.unit, self.matter, self.plate):
            field.edit.setInputMethodHints(PRIVATE)
        grid = Grid(columns=2, spacing=12)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.phone, 0, 1)
        grid.addWidget(self.unit, 1, 0, 1, 2)
        grid.addWidget(self.host, 2, 0)
        grid.addWidget(self.area, 2, 1)
        grid.addWidget(self.matter, 3, 0)
        grid.addWidget(self.plate, 3, 1)
        column = VBox(spacing=14, parent=self)
        column.addWidget(self.purpose)
        column.addLayout(grid)
        self._name_all()
        if line is not None:
            self._fill(line)
        station.ask(self, _hosts, self._take_hosts)

    def details(self) -> Details:
        """What stands there."""
        return Details(
            name=self.name.text(),
            unit=self.unit.text(),
            host=self.host.staff(),
            purpose=self.purpose.code(),
            area=self.area.combo.code(),
            matter=self.matter.text(),
            phone=self.phone.text(),
            plate=self.plate.text(),
        )

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {
            "name": self.name.set_error,
            "phone": self.phone.set_error,
            "unit": self.unit.set_error,
            "host": self.host.set_error,
            "area": self.area.set_error,
            "matter": self.matter.set_error,
            "plate": self.plate.set_error,
        }

    def propose_host(self, staff: int) -> None:
        """Whoever announces somebody mostly expects him himself."""
        self._wanted = staff

    _wanted: int | None = None

    def _take_hosts(self, hosts: tuple[Colleague, ...]) -> None:
        self.host.show_colleagues(hosts)
        wanted = self._line.host if self._line is not None else self._wanted
        if wanted is not None and self.host.staff() is None and not self.host.text():
            self.host.choose(wanted)

    def _fill(self, line: VisitorLine) -> None:
        as_kept = self.tr("{value}，不改请留空")
        self.purpose.choose(line.purpose)
        self.name.edit.setPlaceholderText(as_kept.format(value=line.shown_name))
        if line.shown_phone:
            self.phone.edit.setPlaceholderText(as_kept.format(value=line.shown_phone))
        if line.has_plate:
            self.plate.edit.setPlaceholderText(self.tr("已登记，不改请留空"))
        self.unit.set_text(line.unit)
        self.matter.set_text(line.matter)
        self.area.combo.choose(line.area)

    def _name_all(self) -> None:
        self.name.set_label(self.tr("姓名"))
        self.phone.set_label(self.tr("手机"))
        self.phone.set_eye_name(self.tr("按住显示手机号"))
        self.unit.set_label(self.tr("单位"))
        self.host.set_label(self.tr("被访人"))
        self.host.edit.setPlaceholderText(self.tr("姓名或员工号"))
        self.host.retranslate()
        self.area.set_label(self.tr("可到区域"))
        self.area.combo.set_choices([(code, area_label(code)) for code in AREAS])
        self.area.combo.setPlaceholderText(self.tr("请选择"))
        self.matter.set_label(self.tr("来访事由"))
        self.plate.set_label(self.tr("车牌"))


def _hosts(store: Store) -> tuple[Colleague, ...]:
    return colleagues_among(staff_members(store))
