"""Owns the page of the catalogue: which service, found how, stored when; not its form."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from branch.catalogue.commands import ChangeService
from branch.catalogue.queries import Group, Service, groups, services
from branch.catalogue.rules import CHANNELS
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from ui.admin.page import Drafts, FormPage, on_edit, whole_number
from ui.admin.service_form import ServiceForm, ServiceValues
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.card import Card
from ui.widgets.field import FieldEdit
from ui.widgets.label import SECOND, Label
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import HBox, VBox

_LIST: Final = 340
Answer = tuple[tuple[Group, ...], tuple[Service, ...]]


def _catalogue(store: Store) -> Answer:
    return groups(store), services(store)


def _values(service: Service) -> ServiceValues:
    channels = tuple(service.channels.get(code, "no") for code in CHANNELS)
    return ServiceValues(
        service.group,
        service.name.zh,
        service.name.en,
        str(service.minutes),
        service.active,
        service.documents,
        channels,
    )


class ServicesPage(FormPage[ServiceValues]):
    """The services at the left with a search, one of them at the right."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._groups: tuple[Group, ...] = ()
        self._services: dict[str, Service] = {}
        self.search = FieldEdit("")
        self.search.edit.setClearButtonEnabled(True)
        self.list = Chooser()
        self.nothing = Label("", SECOND, wrap=True)
        self.nothing.hide()
        self.form = ServiceForm()
        self.wire_form(self.form.bar, Drafts(self.form.values, self.form.put))
        on_edit(self.form, self.follow)
        self.form.documents.edited.connect(self.follow)
        left = Card()
        left.setFixedWidth(_LIST)
        column = VBox(spacing=10, margins=(12, 14, 12, 12), parent=left)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left)
        row.addWidget(self.form, 1)
        self.search.edit.textChanged.connect(self._filter)
        self.search.edit.returnPressed.connect(self._first)
        self.list.chosen.connect(self._show)
        for field in (self.form.zh, self.form.en, self.form.minutes):
            field.edit.returnPressed.connect(self.save)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._find)
        self.retranslate()

    def ask(self) -> None:
        """Read the catalogue anew."""
        self._station.ask(self, _catalogue, self._take)

    def _take(self, answer: Answer) -> None:
        self._groups = answer[0]
        self.form.set_groups(self._groups)
        self._services = {service.code: service for service in answer[1]}
        self._fill()
        if self.list.current():
            self._show(self.list.current())
        self.loaded.emit()

    def _fill(self) -> None:
        rows: list[Row] = []
        for group in self._groups:
            mine = [item for item in self._services.values() if item.group == group.code]
            if mine:
                rows.append(Row("", group.name.text(language().code)))
                rows.extend(self._row(service) for service in mine)
        self.list.set_rows(rows, str(self._drafts.key))
        self._filter()

    def _row(self, service: Service) -> Row:
        name = service.name.text(language().code)
        if service.active:
            minutes = self.tr("{n} 分钟").format(n=service.minutes)
            return Row(service.code, name, aside=minutes)
        return Row(service.code, name, aside=self.tr("停办"), faint=True)

    def _show(self, code: str) -> None:
        if code != self._drafts.key:
            self.forgive()
            self.form.to_top()
        service = self._services[code]
        self.show_values(code, _values(service))
        self.form.title.setText(service.name.text(language().code))

    # -- finding --------------------------------------------------------------------------------

    def _find(self) -> None:
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = head = 0
        for at, code in enumerate(self.list.keys()):
            if not code:
                head = at
                self.list.item(at).setHidden(True)
                continue
            name = self._services[code].name
            fits = wanted in f"{code} {name.zh} {name.en}".casefold()
            self.list.item(at).setHidden(not fits)
            if fits:
                found += 1
                self.list.item(head).setHidden(False)
        self.nothing.setVisible(bool(self._services) and not found)

    def _first(self) -> None:
        for at, code in enumerate(self.list.keys()):
            if code and not self.list.item(at).isHidden():
                self.list.setCurrentRow(at)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Store the service as it stands in the form."""
        form, code = self.form, str(self._drafts.key or "")
        if not code or not form.bar.save.isEnabled():
            return
        values = form.values()
        self.forgive()
        for place, wrong in form.documents.wrong():
            self.mark(place, lambda wrong=wrong: sentence(wrong))  # type: ignore[misc]
        try:
            minutes = whole_number(values.minutes, "minutes")
        except BadInput as error:
            self.refuse(error, form.places(), form.bar.trouble)
            return
        if form.documents.wrong():
            return
        command = ChangeService(
            code,
            values.group,
            values.zh,
            values.en,
            minutes,
            values.documents,
            dict(zip(CHANNELS, values.channels, strict=True)),
            values.active,
        )
        self.send(
            [command],
            lambda _none: self._saved(code, values),
            form.places(),
            form.bar.trouble,
        )

    def _saved(self, code: str, values: ServiceValues) -> None:
        self._drafts.saved(code, values)
        self.told.emit(self.tr("已保存"))
        self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.search.set_label(self.tr("查找业务"))
        self.search.edit.setPlaceholderText(self.tr("名称或编号，Ctrl+F"))
        self.list.setAccessibleName(self.tr("业务"))
        self.nothing.setText(self.tr("没有找到这项业务，请换个词"))
        self.form.retranslate()
        if self._services:
            self._fill()
            self._show(self.list.current())
        super().retranslate()
