"""Owns the proposals of earlier complaints of the same person, and of the same matter; a person
links one, never it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer, Signal

from branch.complaints.description import Complainant, Matter
from branch.complaints.queries.alike import alike_cases, alike_matter
from branch.complaints.queries.desk import CaseLine
from branch.kernel.store import Store
from ui.models.complaint_words import state_label
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_MOST: Final = 2
_FEWEST_DIGITS: Final = 7
_A_YEAR: Final = timedelta(days=366)
_STILL_MS: Final = 350
_TOUCH = replace(COMPACT, height=36)
_NOTHING: Final = Matter("", "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("AlikePanel", text)


class _Proposals(Well):
    """Hidden while nothing is alike. 同一事项 on a line links it, pressed again it does not;
    ``picked`` says that somebody pressed it."""

    picked = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__(CANVAS_WELL)
        self._station = station
        self._lines: tuple[CaseLine, ...] = ()
        self._linked: int | None = None
        self.links: dict[int, PlainButton] = {}
        self.title = Label("", TextRole(14, 700, "warn_text"))
        self.hint = Label("", CAPTION, wrap=True)
        self._rows = VBox(spacing=4)
        column = VBox(spacing=4, margins=(12, 10, 12, 10), parent=self)
        head = HBox(spacing=8)
        head.addWidget(StatusGlyph(State.ATTENTION, 16))
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addLayout(self._rows)
        self._asking: Asking[tuple[CaseLine, ...]] = Asking(
            station, self, self._question, self._take
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_STILL_MS)
        self._pause.timeout.connect(self._asking.ask)
        self.retranslate()
        self.hide()

    def linked(self) -> int | None:
        """The earlier complaint that somebody said is the same matter."""
        return self._linked

    def choose(self, earlier: int | None) -> None:
        """Show a draft's link; it stands once its line is there."""
        self._linked = earlier
        self._say_links()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self._linked = None
        self._pause.stop()
        self._take(())

    def _question(self) -> partial[tuple[CaseLine, ...]]:
        raise NotImplementedError

    def _is_asked(self) -> bool:
        """Whether what is typed is enough to look for."""
        raise NotImplementedError

    def _title(self) -> str:
        raise NotImplementedError

    def _take(self, lines: Sequence[CaseLine]) -> None:
        self._lines = tuple(lines) if self._is_asked() else ()
        if self._linked not in {line.id for line in self._lines}:
            self._linked = None
        self._show()

    def _press(self, complaint: int, on: bool) -> None:
        self._linked = complaint if on else None
        self._say_links()
        self.picked.emit()

    def _say_links(self) -> None:
        for number, button in self.links.items():
            button.setChecked(number == self._linked)
            self._say_link(button)

    def _show(self) -> None:
        clear(self._rows)
        self.links = {}
        for line in self._lines[:_MOST]:
            button = PlainButton("", size=_TOUCH)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(line.id == self._linked)
            button.clicked.connect(lambda on, case=line.id: self._press(case, on))
            self.links[line.id] = button
            self._say_link(button)
            row = HBox(spacing=8)
            row.addWidget(ElidedLabel(self._said(line)), 1)
            row.addWidget(button)
            self._rows.addLayout(row)
        self.setVisible(bool(self._lines))
        self.title.setText(self._title().format(n=len(self._lines)))

    def _said(self, line: CaseLine) -> str:
        text = _tr("{day} {title}，{state}")
        return text.format(
            day=line.received_on[5:], title=line.title, state=state_label(line.state)
        )

    def _say_link(self, button: PlainButton) -> None:
        button.setText(_tr("同一事项"))
        button.set_icon_name("check" if button.isChecked() else "")

    def retranslate(self) -> None:
        """Take all words anew."""
        self.hint.setText(_tr("是同一件事就按“同一事项”，登记后关联；由您判断。"))
        self._show()


class AlikePanel(_Proposals):
    """Earlier complaints of whoever complains."""

    def __init__(self, station: Station) -> None:
        self._who = Complainant()
        super().__init__(station)

    def look_for(self, who: Complainant) -> None:
        """Somebody is typing this: look for earlier complaints once he pauses."""
        if _marks(who) != _marks(self._who):
            self._who = who
            self._pause.start()

    def forget(self) -> None:
        """Nobody is named any more."""
        self._who = Complainant()
        super().forget()

    def _question(self) -> partial[tuple[CaseLine, ...]]:
        since = (self._station.now().date() - _A_YEAR).isoformat()
        staff = self._station.person.staff
        return partial(_alike, staff=staff, who=self._who, since=since)

    def _is_asked(self) -> bool:
        return any(_marks(self._who))

    def _title(self) -> str:
        return _tr("可能是同一人，一年内还有 {n} 件")


class SameMatterPanel(_Proposals):
    """Complaints of the last days that may be of the same matter, whoever complained."""

    def __init__(self, station: Station) -> None:
        self._matter = _NOTHING
        super().__init__(station)

    def look_for(self, matter: Matter) -> None:
        """Somebody is typing this: look for the same once he pauses."""
        if matter != self._matter:
            self._matter = matter
            self._pause.start()

    def forget(self) -> None:
        """Nothing has happened any more."""
        self._matter = _NOTHING
        super().forget()

    def _question(self) -> partial[tuple[CaseLine, ...]]:
        today, staff = self._station.now().date(), self._station.person.staff
        return partial(alike_matter, staff=staff, kind="complaint", day=today, matter=self._matter)

    def _is_asked(self) -> bool:
        return bool(self._matter.biz_class and self._matter.reason)

    def _title(self) -> str:
        return _tr("可能是同一件事，近期还有 {n} 件")


def _marks(who: Complainant) -> tuple[str, ...]:
    """What he is known by, as far as it is typed whole."""
    long = [
        text if sum(char.isalnum() for char in text) >= _FEWEST_DIGITS else ""
        for text in (who.phone, who.document_number, who.credit_code)
    ]
    return ("" if who.anonymous else who.name, *long)


def _alike(store: Store, staff: int, who: Complainant, since: str) -> tuple[CaseLine, ...]:
    name, phone, document, credit_code = _marks(who)
    return alike_cases(store, staff, name, phone, since, document, credit_code)
