"""Of which inspections the words, names and photos are past their time; reads only.

What stays is what nobody can be found by: which inspection, when, every verdict and number, the
score, how many failed. Who answered and who signed stays too, as a number of the staff list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from branch.inspections.answers import NOT_APPLICABLE
from branch.inspections.records import AnswerRow, SheetRow
from branch.inspections.templates import versions
from branch.kernel.prepared import Prepared
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.quality.queries import open_actions
from branch.visitors.queries.retention import KindPreview, Preview
from branch.visitors.retention import WEEK_DAYS, Held, span

KIND: Final = "inspection"
PERIOD: Final = "keep_inspections_days"
_EVER: Final = "9999-12-31"

_WRITTEN = Prepared(
    lambda before, none: SheetRow.select(SheetRow.id, SheetRow.day).where(
        SheetRow.day < before,
        (SheetRow.cleaner != none)
        | SheetRow.id.in_(
            AnswerRow.select(AnswerRow.sheet).where(
                (AnswerRow.note != none) | (AnswerRow.photo != none)
            )
        ),
    )
)
_TOLD = Prepared(
    lambda before, template, version, item, none, skipped: (
        SheetRow.select(SheetRow.id, SheetRow.day)
        .join(AnswerRow, on=(AnswerRow.sheet == SheetRow.id))
        .where(
            SheetRow.day < before,
            SheetRow.template == template,
            SheetRow.version == version,
            AnswerRow.item == item,
            AnswerRow.value != none,
            AnswerRow.value != skipped,
        )
    )
)


def kept_from(store: Store, today: date) -> str:
    """The day (ISO) from which on what was written at an inspection is kept."""
    return span(today, setting(store, PERIOD)).before


def _written(store: Store, before: str) -> dict[int, str]:
    """The day of each sheet before a day that still has words of people, names or photos."""
    found = {row[0]: row[1] for row in _WRITTEN.all(store, before=before, none="")}
    for template in versions(store):
        for item in template.items:
            if item.response == "text":
                rows = _TOLD.all(
                    store,
                    before=before,
                    template=template.code,
                    version=template.version,
                    item=item.id,
                    none="",
                    skipped=NOT_APPLICABLE,
                )
                found.update((row[0], row[1]) for row in rows)
    return found


def sheets_past(store: Store, before: str) -> tuple[list[int], dict[int, Held]]:
    """The sheets of the days before one (ISO), the oldest first, and those that stay all the same:
    with a corrective action that is not closed."""
    found = _written(store, before)
    if not found:
        return [], {}
    back = {action.ref: Held.OPEN for action in open_actions(store) if action.source == KIND}
    return sorted(found, key=lambda sheet: (found[sheet], sheet)), back


def with_inspections(preview: Preview, store: Store) -> Preview:
    """What a run would do, with what was written at inspections among the rest."""
    today = date.fromisoformat(preview.day)
    past, back = sheets_past(store, kept_from(store, today))
    later, still = sheets_past(store, kept_from(store, today + timedelta(days=WEEK_DAYS)))
    kept = _written(store, _EVER)
    now = sum(sheet not in back for sheet in past)
    week = sum(sheet not in still for sheet in later) - now
    why = Counter(back[sheet] for sheet in past if sheet in back)
    oldest = min(kept.values(), default="")
    days = setting(store, PERIOD)
    kind = KindPreview(KIND, days, len(kept), now, week, oldest, tuple(why.items()))
    return replace(preview, kinds=(*preview.kinds, kind))
