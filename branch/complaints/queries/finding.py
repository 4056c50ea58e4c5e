"""Which cases a typed text finds: statements only, for ``desk.search_cases``; writes nothing.

Number, title and name stand folded in one column with an index over it. What happened, what is
asked for and who handles it are looked through among the cases of a year and those still open:
years of it would take longer than somebody who types waits.
"""

from __future__ import annotations

import unicodedata

from branch.complaints.records import ComplaintRow
from branch.complaints.rules import OPEN, State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import readable
from branch.visitors.rules import fold

# A number ends in the day of registration and a running number: -20261120-0001.
_TAIL = 14
_NEWEST = Prepared(
    lambda: ComplaintRow.select(ComplaintRow.number).order_by(ComplaintRow.id.desc()).limit(1)
)
_FIRST_FROM = Prepared(
    lambda number: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.number >= number)
        .order_by(ComplaintRow.number)
        .limit(1)
    )
)
_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN | {State.REPLIED}))


def matching(store: Store, text: str, most: int, *, names: bool) -> list[int]:
    """The newest cases with the text in number or title, ``names`` also in the complainant's; in
    the words of a running case or one of the last year; or of a member of staff called so."""
    found = {row[0] for row in _by_index(store, fold(text), most, names=names)}
    found |= _by_words(store, text, most)
    return sorted(found, reverse=True)[:most]


def _by_index(store: Store, wanted: str, most: int, *, names: bool) -> list[tuple[int]]:
    at = "strpos(search, {})" if store.on_server else "instr(search, {})"
    mark = "%s" if store.on_server else "?"
    parts, values = [f"{at.format(mark)} > 0"], [wanted]
    if not names:
        # Lines of their own: number, name, title.
        if store.on_server:
            first, last = (f"strpos(split_part(search, chr(10), {n}), %s)" for n in (1, 3))
        else:
            rest = "substr(search, instr(search, char(10)) + 1)"
            first = "instr(substr(search, 1, instr(search, char(10))), ?)"
            last = f"instr(substr({rest}, instr({rest}, char(10)) + 1), ?)"
        parts.append(f"({first} > 0 OR {last} > 0)")
        values += [wanted, wanted]
    # Added to nothing, so that the narrow index on (search, id) is walked and not the whole table.
    where = " AND ".join(parts)
    sql = f"SELECT id FROM complaint WHERE {where} ORDER BY id + 0 DESC LIMIT {mark}"
    return store.rows(sql, (*values, most))


def _by_words(store: Store, text: str, most: int) -> set[int]:
    """By what happened and what is asked for, and by whoever registered or handles it."""
    newest = _NEWEST.one(store)
    if newest is None:
        return set()
    number: str = newest[0]
    head, day = number[: 1 - _TAIL], number[1 - _TAIL : -5]
    since = f"{head}{int(day[:4]) - 1}{day[4:]}"
    row = _FIRST_FROM.one(store, number=since)
    assert row is not None  # the newest is one of them
    wanted = unicodedata.normalize("NFKC", readable(text)).strip().casefold()
    place, mark = ("strpos", "%s") if store.on_server else ("instr", "?")
    # Letters have two sizes, characters one: what need not be changed is not.
    column = "lower({})" if wanted.upper() != wanted else "{}"
    tests = [f"{place}({column.format(name)}, {mark}) > 0" for name in ("facts", "claims")]
    values: list[object] = [wanted, wanted]
    folded = fold(text)
    for member in staff_members(store):
        if folded == fold(member.staff_no) or folded in fold(member.name):
            tests += [f"handler = {mark}", f"registered_by = {mark}"]
            values += [member.id, member.id]
    found: set[int] = set()
    for span in (f"id >= {mark}", f"id < {mark} AND state IN ({_STATES})"):
        sql = (
            f"SELECT id FROM complaint WHERE {span} AND ({' OR '.join(tests)})"
            f" ORDER BY id DESC LIMIT {mark}"
        )
        found |= {one[0] for one in store.rows(sql, (row[0], *values, most))}
    return found
