"""What people wrote at inspections goes after its time, photos and the cleaner's name too; the
sheet stays.

Verdicts, numbers, days, times, score and who signed stay, so that the month and what fails again
and again can still be counted; notes, answers in words and photos, on which somebody may be
named or seen, are gone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from branch.inspections.answers import NOT_APPLICABLE
from branch.inspections.queries.retention import KIND, kept_from, sheets_past
from branch.inspections.records import AnswerRow, SheetRow
from branch.inspections.sheets import found, template_for
from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.quality.commands import forget_actions
from branch.visitors.commands.retention import Ran, Tally, add_to_counts, note_run

# A sheet has a few dozen rows; so many keep a transaction under the 100 ms the lobby may wait.
CHUNK: Final = 20


@dataclass(frozen=True)
class RunInspectionRetention:
    """Carry a part of the run out: at most ``most`` sheets. Repeat it while there is more."""

    most: int = CHUNK


# The bytes of a photo go at the next sweep of the vault.
_ANSWERS = Prepared(
    lambda sheet, none: AnswerRow.update(
        {AnswerRow.note: none, AnswerRow.photo: none, AnswerRow.action: None}
    ).where(AnswerRow.sheet == sheet)
)
_VALUE = Prepared(
    lambda sheet, item, none, skipped: AnswerRow.update({AnswerRow.value: none}).where(
        AnswerRow.sheet == sheet, AnswerRow.item == item, AnswerRow.value != skipped
    )
)
_CLEANER = Prepared(
    lambda sheet, none, rev: SheetRow.update({SheetRow.cleaner: none, SheetRow.rev: rev}).where(
        SheetRow.id == sheet
    )
)


def run_inspection_retention(work: Work, command: RunInspectionRetention) -> Ran:
    """Erase the words, names and photos of sheets past their time and add them to the counts;
    each leaves an entry with its number only."""
    today = local_date(work.now, work.zone)
    past, back = sheets_past(work.store, kept_from(work.store, today))
    going = [sheet for sheet in past if sheet not in back]
    most = max(1, command.most)
    tally: Tally = Counter()
    for identity in going[:most]:
        sheet = found(work.store, identity)
        for item in template_for(work.store, sheet).items:
            if item.response == "text":
                _VALUE.run(
                    work.store, sheet=identity, item=item.id, none="", skipped=NOT_APPLICABLE
                )
        _ANSWERS.run(work.store, sheet=identity, none="")
        _CLEANER.run(work.store, sheet=identity, none="", rev=work.revision)
        forget_actions(work, KIND, identity)
        tally[sheet.day[:7], sheet.template, ""] += 1
        work.record("inspection.erased", identity)
    if not tally:
        return Ran({}, more=False)
    gone = {KIND: sum(tally.values())}
    add_to_counts(work, KIND, tally)
    note_run(work, gone)
    work.record("retention.ran", today.isoformat(), **gone)
    return Ran(gone, len(going) > most)


HANDLERS: dict[type, Handler] = {RunInspectionRetention: Handler(run_inspection_retention)}
