"""Owns the page of counters: names, planned break, services, a new counter; opens none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.catalogue.commands import ChangeCounter
from branch.catalogue.queries import Counter, Group, Service, counters, groups, services
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from branch.lobby.commands.counters import SetCounterServices
from branch.people.rules import permits
from ui.admin.page import Drafts, FormPage, Place, SaveBar, on_edit, scrolled, whole_number
from ui.admin.service_ticks import ServiceTicks
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, CARD_TITLE, SECOND, Label
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import Grid, HBox, VBox

_LIST: Final = 300
_NEW: Final = "new"
Answer = tuple[tuple[Counter, ...], tuple[Group, ...], tuple[Service, ...]]


@dataclass(frozen=True)
class CounterValues:
    """What stands in the form; the number as it was typed."""

    number: str
    zh: str
    en: str
    planned_break: str
    services: frozenset[str]


_EMPTY = CounterValues("", "", "", "", frozenset())


def _all(store: Store) -> Answer:
    return counters(store), groups(store), services(store)


class CountersPage(FormPage[CounterValues]):
    """The counters at the left, one of them at the right."""

    topics = frozenset({"catalogue", "counter"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._may_name = permits("ChangeCounter", station.person.roles)
        self._may_set = permits("SetCounterServices", station.person.roles)
        self._counters: dict[str, Counter] = {}
        self._services: tuple[Service, ...] = ()
        self.add = PlainButton("", icon="plus")
        if not self._may_name:
            self.add.hide()
        self.list = Chooser()
        self.title = Label("", CARD_TITLE)
        self.number, self.zh = FieldEdit(""), FieldEdit("")
        self.en, self.planned_break = FieldEdit(""), FieldEdit("", placeholder="11:30-12:10")
        self.ticks_title = Label("", SECOND, wrap=True)
        self.ticks = ServiceTicks()
        self.offered = Label("", BODY, wrap=True)
        self.services_error = ErrorLine()
        self.bar = SaveBar()
        self._build()
        self.wire_form(self.bar, Drafts(self._values, self._put))
        on_edit(self, self.follow)
        self.ticks.edited.connect(self.follow)
        self.add.clicked.connect(self._new)
        self.list.chosen.connect(self._show)
        for field in (self.number, self.zh, self.en, self.planned_break):
            field.edit.returnPressed.connect(self.save)
        self.retranslate()

    def _build(self) -> None:
        left = Card()
        left.setFixedWidth(_LIST)
        column = VBox(spacing=12, margins=(12, 14, 12, 12), parent=left)
        column.addWidget(self.list, 1)
        column.addWidget(self.add)
        right = Card()
        inner = QWidget()
        form = VBox(spacing=12, margins=(0, 0, 14, 0), parent=inner)
        fields = QWidget()
        if not self._may_name:
            fields.hide()
        grid = Grid(columns=2, spacing=12, parent=fields)
        places = ((self.number, 0, 0), (self.zh, 1, 0), (self.en, 1, 1), (self.planned_break, 2, 0))
        for field, at, beside in places:
            grid.addWidget(field, at, beside, Qt.AlignmentFlag.AlignTop)
        form.addWidget(fields)
        form.addWidget(self.ticks_title)
        form.addWidget(self.ticks)
        form.addWidget(self.offered)
        form.addWidget(self.services_error)
        form.addStretch(1)
        self.ticks.setVisible(self._may_set)
        self.offered.setVisible(not self._may_set)
        whole = VBox(spacing=14, margins=(20, 18, 10, 18), parent=right)
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left)
        row.addWidget(right, 1)

    def ask(self) -> None:
        """Read the counters anew."""
        self._station.ask(self, _all, self._take)

    def _take(self, answer: Answer) -> None:
        self._counters = {str(counter.number): counter for counter in answer[0]}
        self._services = answer[2]
        self.ticks.set_offer(answer[1], answer[2])
        making = self._drafts.key == _NEW
        self._fill()
        if making:
            self._new_again()
        elif self.list.current():
            self._show(self.list.current())
        else:
            self._new()
        self.loaded.emit()

    def _fill(self) -> None:
        rows = [Row(key, self._label(counter)) for key, counter in self._counters.items()]
        self.list.set_rows(rows, str(self._drafts.key))

    def _label(self, counter: Counter) -> str:
        place = self.tr("{n} 号柜台").format(n=counter.number)
        name = counter.name.text(language().code)
        return self.tr("{place} {name}").format(place=place, name=name).strip()

    def _offer(self, counter: Counter) -> str:
        speech = language().code
        names = [s.name.text(speech) for s in self._services if s.code in counter.services]
        return self.tr("、").join(names)

    def _show(self, key: str) -> None:
        if key != self._drafts.key:
            self.forgive()
        counter = self._counters[key]
        self.show_values(
            key,
            CounterValues(
                key, counter.name.zh, counter.name.en, counter.planned_break, counter.services
            ),
        )
        self.number.setVisible(False)
        self.offered.setText(self._offer(counter))
        self.title.setText(self._label(counter))

    def _new(self) -> None:
        self.forgive()
        self._new_again()
        self.number.edit.setFocus()

    def _new_again(self) -> None:
        self.list.clearSelection()
        self.list.setCurrentRow(-1)
        self.show_values(_NEW, _EMPTY)
        self.number.setVisible(True)
        self.offered.setText("")
        self.title.setText(self.tr("添加柜台"))

    def _values(self) -> CounterValues:
        return CounterValues(
            self.number.text(),
            self.zh.text(),
            self.en.text(),
            self.planned_break.text(),
            self.ticks.ticked(),
        )

    def _put(self, values: CounterValues) -> None:
        self.number.set_text(values.number)
        self.zh.set_text(values.zh)
        self.en.set_text(values.en)
        self.planned_break.set_text(values.planned_break)
        self.ticks.put(values.services)

    # -- saving ---------------------------------------------------------------------------------

    def _places(self) -> dict[str, Place]:
        return {
            "number": self.number,
            "zh": self.zh,
            "en": self.en,
            "planned_break": self.planned_break,
            "services": self.services_error,
        }

    def save(self) -> None:
        """Store the counter as it stands in the form; a number that is taken is said so."""
        key, values = str(self._drafts.key or ""), self._values()
        if not key or not self.bar.save.isEnabled():
            return
        self.forgive()
        try:
            number = whole_number(values.number, "number")
        except BadInput as error:
            self.refuse(error, self._places(), self.bar.trouble)
            return
        if key == _NEW and str(number) in self._counters:
            self.mark(self.number, lambda: self.tr("{n} 号柜台已经有了").format(n=number))
            return
        commands: list[object] = []
        if self._may_name:
            # A Chinese input method writes its own colon: １１：３０.
            pause = unicodedata.normalize("NFKC", values.planned_break)
            commands.append(ChangeCounter(number, values.zh, values.en, pause))
        if self._may_set:
            commands.append(SetCounterServices(number, values.services))
        self.send(
            commands,
            lambda _none: self._saved(key, str(number), values),
            self._places(),
            self.bar.trouble,
            self.add,
        )

    def _saved(self, key: str, number: str, values: CounterValues) -> None:
        self._drafts.saved(key, values)
        self.told.emit(self.tr("已保存"))
        if key == _NEW:
            self.show_values(number, values)
        self.ask()

    def making(self) -> bool:
        """Whether the form makes a new counter."""
        return self._drafts.key == _NEW

    def retranslate(self) -> None:
        """Take the words anew."""
        self.add.setText(self.tr("添加柜台"))
        self.list.setAccessibleName(self.tr("柜台"))
        self.number.set_label(self.tr("柜台号（1 到 99）"))
        self.zh.set_label(self.tr("中文名称，可不填"))
        self.en.set_label(self.tr("英文名称，可不填"))
        self.planned_break.set_label(self.tr("计划休息时间，可不填"))
        self.ticks_title.setText(
            self.tr("能办的业务，从下一次叫号起生效")
            if self._may_set
            else self.tr("能办的业务由大堂经理、运营主管或网点负责人设置")
        )
        if self._counters:
            self._fill()
            if self._drafts.key == _NEW:
                self._new_again()
            elif self._drafts.key is not None:
                self._show(str(self._drafts.key))
        super().retranslate()
