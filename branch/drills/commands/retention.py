"""What people wrote about drills and incidents goes after its time, photos too; the run stays.

Number, scenario, times, marks and score stay, so that the training record and the calendar are
whole; findings, notes, hot wash, report and photos, in which people may be named, are gone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from branch.drills.queries.retention import KIND, kept_from, runs_past
from branch.drills.records import MarkRow, ObservationRow, PhotoRow, RunRow
from branch.drills.run import change, find_run, note
from branch.kernel.clock import from_ms, local_date
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.quality.commands import forget_actions
from branch.visitors.commands.retention import Ran, Tally, add_to_counts, note_run

# A run has a few hundred rows; so many keep a transaction under the 100 ms the lobby may wait.
CHUNK: Final = 20


@dataclass(frozen=True)
class RunDrillRetention:
    """Carry a part of the run out: at most ``most`` drills. Repeat it while there is more."""

    most: int = CHUNK


_NOTES = Prepared(
    lambda run: MarkRow.update({MarkRow.note: ""}).where(MarkRow.run == run, MarkRow.note != "")
)
_PARTS = (
    Prepared(lambda run: delete(ObservationRow).where(ObservationRow.run == run)),
    # The bytes go at the next sweep of the vault.
    Prepared(lambda run: delete(PhotoRow).where(PhotoRow.run == run)),
)
_ENDED = Prepared(lambda run: RunRow.select(RunRow.ended_at).where(RunRow.id == run))


def run_drill_retention(work: Work, command: RunDrillRetention) -> Ran:
    """Erase the words and photos of runs past their time and add them to the counts; each leaves
    an entry with its number only."""
    before = kept_from(work.store, local_date(work.now, work.zone), work.zone)
    past, back = runs_past(work.store, before)
    found = [run for run in past if run not in back]
    most = max(1, command.most)
    tally: Tally = Counter()
    for identity in found[:most]:
        run = find_run(work.store, identity)
        _NOTES.run(work.store, run=identity)
        for part in _PARTS:
            part.run(work.store, run=identity)
        forget_actions(work, KIND, identity)
        row = _ENDED.one(work.store, run=identity)
        assert row is not None  # it was found
        tally[f"{from_ms(row[0], work.zone):%Y-%m}", run.code, "real" if run.is_real else ""] += 1
        change(work, run, report="", hot_wash="", place="")
        note(work, identity, "erased")
    if not tally:
        return Ran({}, more=False)
    gone = {KIND: sum(tally.values())}
    add_to_counts(work, KIND, tally)
    note_run(work, gone)
    work.record("retention.ran", local_date(work.now, work.zone).isoformat(), **gone)
    return Ran(gone, len(found) > most)


HANDLERS: dict[type, Handler] = {RunDrillRetention: Handler(run_drill_retention)}
