"""Archived complaints whose time is over go for good, with files and words, and become a count.

PBC Order 2020 No. 5 Art. 44: kept for three years at least from the day of closing; ``Archive``
sets the day. A run is carried out in parts, as that of the other rooms is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from branch.complaints.case import today
from branch.complaints.queries.actions import SOURCES
from branch.complaints.queries.retention import cases_past
from branch.complaints.records import (
    CaseFileRow,
    CaseTextRow,
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    PauseRow,
    ReReviewRow,
    RestartRow,
    SubjectRow,
)
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.papers.retention import forget_papers
from branch.quality.commands import forget_actions
from branch.visitors.commands.retention import Ran, add_to_counts, note_run

# A case has a few dozen rows; so many keep a transaction under the 100 ms the lobby may wait.
CHUNK = 20
KIND = "complaint"


@dataclass(frozen=True)
class RunCaseRetention:
    """Carry a part of the run out: at most ``most`` cases. Repeat it while there is more."""

    most: int = CHUNK


def _of(row: Any) -> Prepared:
    return Prepared(lambda complaint: delete(row).where(row.complaint == complaint))


_PARTS = tuple(
    _of(row)
    for row in (
        SubjectRow,
        CaseTextRow,
        PauseRow,
        ExtensionRow,
        RestartRow,
        CaseFileRow,
        FollowUpRow,
        ReReviewRow,
    )
)
_CASE = Prepared(
    lambda complaint: (
        delete(ComplaintRow)
        .where(ComplaintRow.id == complaint)
        .returning(ComplaintRow.received_on, ComplaintRow.kind, ComplaintRow.reason)
    )
)
_UNLINK = Prepared(
    lambda complaint: ComplaintRow.update({ComplaintRow.repeat_of: None}).where(
        ComplaintRow.repeat_of == complaint
    )
)


def run_case_retention(work: Work, command: RunCaseRetention) -> Ran:
    """Delete what is past its time and add it to the counts; each case leaves an entry with its
    number only. The bytes of its files go at the next sweep (``sweep_files``)."""
    found = cases_past(work.store, today(work))
    most = max(1, command.most)
    tally: Counter[tuple[str, str, str]] = Counter()
    for complaint in found[:most]:
        for part in _PARTS:
            part.run(work.store, complaint=complaint)
        for source in SOURCES:
            forget_actions(work, source, complaint)
        forget_papers(work.store, complaint)
        _UNLINK.run(work.store, complaint=complaint)
        for received_on, kind, reason in _CASE.all(work.store, complaint=complaint):
            tally[received_on[:7], kind, reason] += 1
        work.record("complaint.erased", complaint)
    if tally:
        number = sum(tally.values())
        add_to_counts(work, KIND, tally)
        note_run(work, {KIND: number})
        work.record("retention.ran", today(work), complaint=number)
        return Ran({KIND: number}, len(found) > most)
    return Ran({}, more=False)


HANDLERS: dict[type, Handler] = {RunCaseRetention: Handler(run_case_retention)}
