"""Why a complaint had a longer limit, in the words of who asked for it; writes nothing.

The persons of the complaint, every long number and e-mail address are hidden in the words, as they
go on paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from branch.complaints.queries.grouped import numbers
from branch.complaints.records import CaseTextRow, ComplaintRow, ExtensionRow
from branch.kernel.journal import read_data_of
from branch.kernel.masking import mask_name
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.visitors.reception import hide_numbers

_HIDDEN = "****"
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
# The columns of a complaint that name its persons.
NAMES = ("name", "agent", "legal_person", "representatives")
_TOLD = ExtensionRow.select(ExtensionRow.id).where(ExtensionRow.told_on != "")
_ASKED = (
    CaseTextRow.select(
        CaseTextRow.complaint,
        CaseTextRow.text,
        JournalRow.data,
        *(getattr(ComplaintRow, name) for name in NAMES),
    )
    .join(JournalRow, on=(JournalRow.revision == CaseTextRow.revision))
    .join(ComplaintRow, on=(ComplaintRow.id == CaseTextRow.complaint))
    .where(JournalRow.what == "complaint.extension_asked")
    .order_by(CaseTextRow.revision)
)


class Hider:
    """Hides the persons of one complaint, every long number and e-mail address in its texts;
    ``names`` are the values of ``NAMES``, ``places`` where else he can be found."""

    def __init__(self, names: Sequence[str], places: Collection[str] = ()) -> None:
        *single, several = names
        listed = (*single, *several.split("\n"))
        # The longest first, so that no part of a name is masked alone.
        self._names = sorted((name for name in listed if len(name) > 1), key=len, reverse=True)
        self._places = sorted((one for one in places if len(one) > 1), key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text without names and numbers of the complainant's side."""
        for place in self._places:
            text = text.replace(place, _HIDDEN)
        for name in self._names:
            text = text.replace(name, mask_name(name))
        return hide_numbers(_EMAIL.sub(_HIDDEN, text))


def longer_reasons(store: Store, complaints: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The reasons of longer limits of which the complainants of these were told, oldest first."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if not complaints:
        return found
    several = numbers(complaints)
    context = store.database.get_sql_context
    sql, values = context().sql(_TOLD.where(ExtensionRow.complaint.in_(several))).query()
    told = {row[0] for row in store.rows(sql, values)}
    if not told:
        return found
    sql, values = context().sql(_ASKED.where(CaseTextRow.complaint.in_(several))).query()
    rows = store.rows(sql, values)
    for row, data in zip(rows, read_data_of(row[2] for row in rows), strict=True):
        complaint, text, _data, *names = row
        if data.get("extension") in told:
            found[complaint] += (Hider(names).hide(text),)
    return found
