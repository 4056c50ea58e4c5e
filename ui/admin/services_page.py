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
from ui.admin.page import AdminPage, Drafts, whole_number
from ui.admin.rows import Chooser
from ui.admin.service_form import ServiceForm, ServiceValues
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.card import Card
from ui.widgets.field import FieldEdit
from ui.widgets.label import SECOND, Label
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


class ServicesPage(AdminPage):
    """The services at the left with a search, one of them at the right."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._services: dict[str, Service] = {}
        self.search = FieldEdit("")
        self.search.edit.setClearButtonEnabled(True)
        self.list = Chooser()
        self.nothing = Label("", SECOND, wrap=True)
        self.nothing.hide()
        self.form = ServiceForm()
        self._drafts = Drafts[ServiceValues](self.form.values, self.form.put)
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
        self.form.bar.save.clicked.connect(self.save)
        self.form.bar.revert.clicked.connect(self._revert)
        for field in (self.form.zh, self.form.en, self.form.minutes):
            field.edit.returnPressed.connect(self.save)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._find)
        self.retranslate()

    def ask(self) -> None:
        """Read the catalogue anew."""
        self._station.ask(self, _catalogue, self._take)

    def _take(self, answer: Answer) -> None:
        self.form.set_groups(answer[0])
        self._services = {service.code: service for service in answer[1]}
        self._fill()
        if self.list.current():
            self._show(self.list.current())

    def _fill(self) -> None:
        speech = language().code
        stopped = self.tr("{name}（停办）")
        rows = []
        for code, service in self._services.items():
            name = service.name.text(speech)
            text = name if service.active else stopped.format(name=name)
            rows.append((code, text, service.active))
        self.list.set_rows(rows, str(self._drafts.key))
        self._filter()

    def _show(self, code: str) -> None:
        if code != self._drafts.key:
            self.forgive()
            self.form.to_top()
        service = self._services[code]
        self._drafts.show(code, _values(service))
        self.form.title.setText(service.name.text(language().code))

    # -- finding --------------------------------------------------------------------------------

    def _find(self) -> None:
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = 0
        for at, service in enumerate(self._services.values()):
            words = f"{service.code} {service.name.zh} {service.name.en}".casefold()
            self.list.item(at).setHidden(wanted not in words)
            found += wanted in words
        self.nothing.setVisible(bool(self._services) and not found)

    def _first(self) -> None:
        for at in range(self.list.count()):
            if not self.list.item(at).isHidden():
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
            form.bar.save,
            form.bar.revert,
        )

    def _saved(self, code: str, values: ServiceValues) -> None:
        self._drafts.saved(code, values)
        self.told.emit(self.tr("已保存"))
        self.ask()

    def _revert(self) -> None:
        self.forgive()
        self._drafts.revert()

    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._drafts.any()

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
