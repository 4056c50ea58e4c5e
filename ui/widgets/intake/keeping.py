"""Owns how a registration that is being typed is kept on this machine, sealed; types nothing.

A program that is killed loses at most the last two seconds. The number of a document is never
kept: it is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from branch.complaints.description import Complainant, Matter
from branch.kernel.drafts import DraftName, KeptDraft, drafts_of
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from ui.shell.station import Station
from ui.widgets.intake.draft import Draft, Source, goes_on

KEEP_MS: Final = 1_500
_KIND: Final = "intake"


class IntakeKeeper(QObject):
    """Looks every 1.5 s at what ``read`` gives and keeps it when it is another than ``blank``.

    ``subject`` says where it was begun; it is another one only while nothing is looked at.
    """

    def __init__(
        self,
        parent: QObject,
        station: Station,
        read: Callable[[], Draft],
        blank: Callable[[], Draft],
        subject: Callable[[], str],
    ) -> None:
        super().__init__(parent)
        self._station, self._read, self._blank = station, read, blank
        self._subject = subject
        self._kept: Draft | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.look)

    def find(self, then: Callable[[Draft | None], None]) -> None:
        """Ask for what this person had not finished there; ``then`` gets it, or None."""
        subject, staff = self._subject(), self._station.person.staff

        def question(store: Store) -> Draft | None:
            mine = (one for one in drafts_of(store).found(staff) if one.name.kind == _KIND)
            kept = {one.name.subject: one for one in mine}
            found = goes_on(subject, kept)
            return None if found is None else from_kept(kept[found])

        self._station.ask(self, question, then)

    def start(self, kept: Draft) -> None:
        """Something may be typed from now on; ``kept`` is what stands on the disk, or a blank."""
        self._kept = kept
        self._timer.start()

    def stop(self) -> None:
        """Nothing is typed any more; what was typed last is kept."""
        if self._timer.isActive():
            self._timer.stop()
            self.look()

    def look(self) -> None:
        """Keep what was typed since the last look."""
        draft = self._read()
        if draft == self._kept:
            return
        self._kept = draft
        if draft == self._blank():
            self._drop()
            return
        name, fields, now = self._name(), as_fields(draft), self._station.now_ms()
        self._ask(lambda store: drafts_of(store).keep(name, fields, now))

    def drop(self) -> None:
        """It is registered, or was cleared."""
        self._timer.stop()
        self._drop()

    def _name(self) -> DraftName:
        return DraftName(_KIND, self._subject(), self._station.person.staff)

    def _drop(self) -> None:
        name = self._name()
        self._ask(lambda store: drafts_of(store).drop(name))

    def _ask(self, question: Callable[[Store], None]) -> None:
        self._station.ask(self, question, lambda _none: None, self._given_up)

    def _given_up(self, error: TingtangError) -> None:
        """A folder that takes nothing is told once; the form itself still has everything."""
        self._timer.stop()
        self._station.complain(error)


def as_fields(draft: Draft) -> dict[str, Any]:
    """What is kept of a draft, as JSON values."""
    who = asdict(replace(draft.who, document_number=""))
    matter = asdict(draft.matter)
    return {
        "source": asdict(draft.source),
        "who": {**who, "representatives": list(draft.who.representatives)},
        "matter": {**matter, "sensitivity": sorted(draft.matter.sensitivity)},
        "subjects": sorted(draft.subjects),
        "earlier": draft.earlier,
        "ticket": draft.ticket,
    }


def from_kept(kept: KeptDraft) -> Draft | None:
    """The draft that was kept; None when another version of the program wrote it otherwise."""
    fields = kept.fields
    try:
        who, matter = dict(fields["who"]), dict(fields["matter"])
        who["representatives"] = tuple(who["representatives"])
        matter["sensitivity"] = frozenset(matter["sensitivity"])
        return Draft(
            source=Source(**fields["source"]),
            who=Complainant(**who),
            matter=Matter(**matter),
            subjects=frozenset(fields["subjects"]),
            earlier=fields["earlier"],
            ticket=fields["ticket"],
            kept_at=kept.at,
        )
    except (KeyError, TypeError):
        return None
