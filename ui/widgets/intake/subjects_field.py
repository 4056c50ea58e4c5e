"""Owns the choice of the staff a complaint is about, and says what follows for them; no command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label, TextRole
from ui.widgets.staff_field import Colleague, StaffField
from ui.widgets.stage import VBox

_NEWS = TextRole(13, 500, "warn_text")


class SubjectsField(QWidget):
    """A colleague after the other; each becomes a button that takes him out again."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._me = station.person.staff
        self._chosen: tuple[int, ...] = ()
        self._buttons: dict[int, PlainButton] = {}
        self.field = StaffField("staff_unknown_here")
        self.news = Label("", _NEWS, wrap=True)
        self._people = QWidget()
        self._flow = Flow(parent=self._people)
        column = VBox(spacing=6, parent=self)
        column.addWidget(self.field)
        column.addWidget(self._people)
        column.addWidget(self.news)
        self.setFocusProxy(self.field)
        self.field.picked.connect(self._take)
        self.retranslate()
        self._show()

    def staff(self) -> frozenset[int]:
        """Their accounts; somebody still standing in the field is one of them."""
        found = self.field.staff()
        return frozenset(self._chosen if found is None else (*self._chosen, found))

    def choose(self, staff: frozenset[int]) -> None:
        """Show a draft, or nobody."""
        self._chosen = tuple(sorted(staff))
        self.field.choose(None)
        self._show()

    def offer(self, colleagues: Sequence[Colleague]) -> None:
        """Whom one can choose; who left the branch is no longer among them."""
        self.field.show_colleagues(colleagues)
        known = {one.id for one in colleagues}
        self._chosen = tuple(one for one in self._chosen if one in known)
        self._show()

    def names(self) -> tuple[str, ...]:
        """The names of those chosen."""
        names = {one.id: one.name for one in self.field.colleagues()}
        return tuple(names[one] for one in sorted(self.staff()) if one in names)

    def button(self, staff: int) -> PlainButton:
        """The button that takes somebody out; raises KeyError for who is not chosen."""
        return self._buttons[staff]

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {"subjects": self.field.set_error}

    def _take(self) -> None:
        found = self.field.staff()
        if found is not None:
            if found not in self._chosen:
                self._chosen = (*self._chosen, found)
            self.field.choose(None)
            self._show()

    def _drop(self, staff: int) -> None:
        self._chosen = tuple(one for one in self._chosen if one != staff)
        self._show()
        self.field.setFocus()

    def _show(self) -> None:
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        labels = {one.id: one.name for one in self.field.colleagues()}
        for staff in self._chosen:
            name = labels.get(staff, "")
            button = PlainButton(name, size=COMPACT, icon="close")
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("移除 {name}").format(name=name))
            button.clicked.connect(partial(self._drop, staff))
            self._buttons[staff] = button
            self._flow.addWidget(button)
        self._people.setVisible(bool(self._chosen))
        self._people.updateGeometry()
        self.news.setText(self._said())
        self.news.setVisible(bool(self._chosen))

    def _said(self) -> str:
        """What recusal means for them (Order 3 Art. 17)."""
        if self._me in self._chosen:
            return self.tr("涉及您本人：登记后您看不到这件投诉，由其他同事办理。")
        names = self.tr("、").join(self.names())
        text = self.tr("{names}应当回避：看不到这件投诉，也不能承办、审批或打印。")
        return text.format(names=names)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.field.set_label(self.tr("涉及哪位员工，可不填"))
        self.field.edit.setPlaceholderText(self.tr("姓名或员工号"))
        self.field.retranslate()
        self._show()
