"""Owns the choice of another case in a question before a step: among those proposed, or one looked
for by its number; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from branch.complaints.queries.desk import CaseLine, search_cases
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import state_label
from ui.shell.asking import Need
from ui.shell.station import Station, sentence

_NONE: Final = "-"
_MOST: Final = 10
Propose = Callable[[Store, int, int], Sequence[CaseLine]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("MergingDialogs", text)


class CaseChoice(QObject):
    """Two fields of a question: the cases to choose from, and a line to look for another one.

    ``why_not`` is the sentence for a case that cannot be chosen, empty for one that can; ``none``
    are the words for no case at all. Add it before the buttons, then ``ask``.
    """

    def __init__(
        self,
        dialog: StepDialog,
        station: Station,
        complaint: int,
        name: str,
        label: str,
        why_not: Callable[[CaseLine], str],
        none: str = "",
    ) -> None:
        super().__init__(dialog)
        self._dialog, self._station, self._complaint = dialog, station, complaint
        self._why_not, self._none = why_not, none
        self._chosen: int | None = None
        self._proposed: list[CaseLine] = []
        self._field = dialog.add_choice(name, label, [])
        self._text = dialog.add_line("other", _tr("不在其中？按编号、姓名或标题找"))
        self._text.edit.textChanged.connect(self._look)
        self._field.combo.activated.connect(self._pick)

    def case(self) -> int | None:
        """The case that is chosen; None for none of them."""
        code = self._field.combo.code()
        return int(code) if code and code != _NONE else None

    def ask(self, propose: Propose, chosen: int | None) -> None:
        """Read what is proposed; ``chosen`` is what stood there before."""
        self._chosen = chosen
        staff = self._station.person.staff
        # Until something can be chosen nothing is sent.
        self._dialog.confirm_button.setEnabled(False)
        Need(self._station, self, lambda store: propose(store, self._complaint, staff), self._take)

    def _take(self, lines: Sequence[CaseLine]) -> None:
        self._proposed = [line for line in lines if not self._why_not(line)]
        if self._text.text().strip():
            # Typed before this was read: what was looked for stays.
            self._look(self._text.text())
            return
        self._show(())
        if not self._proposed:
            self._dialog.error.show_error(_tr("没有找到可能相同的，请按编号找"))

    def _show(self, looked_for: Sequence[CaseLine]) -> None:
        other = {line.id: line for line in (*looked_for, *self._proposed)}
        choices = [(_NONE, self._none)] if self._none else []
        choices += [(str(line.id), _case_words(line)) for line in other.values()]
        combo = self._field.combo
        combo.set_choices(choices)
        if looked_for:
            combo.choose(str(looked_for[0].id))
        elif not combo.code():
            combo.choose(str(self._chosen) if self._chosen else choices[0][0] if choices else "")
        self._dialog.confirm_button.setEnabled(bool(choices))
        self._dialog.adjustSize()

    def _pick(self, _at: int) -> None:
        """Chosen by hand: what was looked for in vain is no matter any more."""
        self._text.set_error("")
        self._dialog.confirm_button.setEnabled(True)

    def _look(self, wanted: str) -> None:
        # What stands in the choice is not what is being typed: it is not sent in its place.
        self._dialog.confirm_button.setEnabled(False)
        if not wanted.strip():
            self._found(wanted, ())
            return
        ask = partial(search_cases, text=wanted, staff=self._station.person.staff)
        self._station.ask(self, ask, partial(self._found, wanted), self._failed)

    def _found(self, wanted: str, lines: Sequence[CaseLine]) -> None:
        if wanted != self._text.text():
            return
        there = [line for line in lines if not self._reason(line)][:_MOST]
        self._show(there)
        self._dialog.error.show_error("")
        if wanted.strip() and not there:
            self._text.set_error(self._reason(lines[0]) if lines else _tr("没有找到，请核对编号"))
            self._dialog.confirm_button.setEnabled(False)

    def _failed(self, error: TingtangError) -> None:
        self._text.set_error(sentence(error))

    def _reason(self, line: CaseLine) -> str:
        if line.id == self._complaint:
            return _tr("{number} 就是这一件，请填另一件").format(number=line.number)
        return self._why_not(line)


def _case_words(line: CaseLine) -> str:
    return f"{line.number}  {line.title}  {state_label(line.state)}"
