"""The numbers that papers have of their own, counted by form and year; knows no case."""

from __future__ import annotations

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.papers.records import PaperNumberRow

_LAST = Prepared(
    lambda form, year: PaperNumberRow.select(PaperNumberRow.last).where(
        PaperNumberRow.form == form, PaperNumberRow.year == year
    )
)
_TAKE = Prepared(
    lambda form, year: PaperNumberRow.insert(
        {PaperNumberRow.form: form, PaperNumberRow.year: year, PaperNumberRow.last: 1}
    ).on_conflict(
        conflict_target=[PaperNumberRow.form, PaperNumberRow.year],
        update={PaperNumberRow.last: PaperNumberRow.last + 1},
    )
)


def next_number(store: Store, form: str, year: int, short: str) -> str:
    """The number that the form's next paper will have; ``short`` stands before a letter's."""
    row = _LAST.one(store, form=form, year=year)
    number = (row[0] if row else 0) + 1
    if form == "TS-06":
        return f"{short}投复〔{year}〕{number} 号"
    return f"ZB-{year}-{number:04d}"


def take_number(store: Store, form: str, year: int) -> None:
    """Use it up, inside the caller's transaction."""
    _TAKE.run(store, form=form, year=year)
