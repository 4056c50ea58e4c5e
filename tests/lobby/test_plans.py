"""How the databases carry the hot statements out: next is one indexed read with any history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from branch.kernel.store import Store
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from tests.conftest import OPENING
from tests.lobby.hall import Hall

PAST = 20_000


class Watched:
    """Notes every statement of a command with its values."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, Sequence[Any]]] = []
        for name in ("rows", "touch"):
            monkeypatch.setattr(store, name, self._noting(getattr(store, name)))

    def _noting(self, real: Any) -> Any:
        def note(sql: str, values: Sequence[Any]) -> Any:
            self.seen.append((sql, values))
            return real(sql, values)

        return note


def fill(hall: Hall, past: int, waiting: int) -> None:
    """Finished tickets of earlier days in bulk, and some that wait."""
    hall.open(1)
    columns = (
        "day, number, letter, seq, service, classes, care, language, order_key, state, issued_at, "
        "counter, called_at, last_called_at, calls, ended_at, reason, print_state, rev"
    )
    values = (
        f"'2020-01-02', 'A' || n, 'A', -n, 'P01', 'ordinary', '', 'zh', "
        f"{OPENING} - n * 1000, 'finished', {OPENING} - n * 1000, 1, {OPENING}, {OPENING}, 1, "
        f"{OPENING}, '', 'printed', 0"
    )
    series = (
        f"SELECT generate_series(1, {past}) AS n"
        if hall.store.on_server
        else f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {past}) "
        "SELECT n FROM s"
    )
    hall.store.touch(f"INSERT INTO ticket ({columns}) SELECT {values} FROM ({series}) AS s", ())
    for number in range(waiting):
        hall.issue("P01", *(["elderly"] if number % 3 else []))


def plans(hall: Hall, command: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Each statement of a command that touches a growing table, and how it is carried out."""
    with monkeypatch.context() as patch:
        watched = Watched(hall.store, patch)
        hall.at(1, command) if isinstance(command, CallNext) else hall.kiosk(command)
    explain = "EXPLAIN " if hall.store.on_server else "EXPLAIN QUERY PLAN "
    found = {}
    for sql, values in watched.seen:
        if '"ticket"' in sql or '"journal"' in sql:
            rows = hall.store.database.execute_sql(explain + sql, values).fetchall()
            found[sql] = "\n".join(str(row[-1]) for row in rows)
    return found


def next_read(found: dict[str, str]) -> str:
    """How the statement that picks the next ticket is carried out."""
    (plan,) = [plan for sql, plan in found.items() if "ORDER BY" in sql]
    return plan


@pytest.mark.parametrize("count", [20, 60])
def test_next_walks_the_index_of_waiting_tickets_without_a_sort(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    fill(hall, PAST, count)
    hall.store.database.execute_sql("ANALYZE")
    plan = next_read(plans(hall, CallNext(1), monkeypatch))
    assert "ticket_waiting_idx" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan.replace("TEMP B-TREE FOR IN", "")


def test_next_is_an_indexed_read_before_anything_is_known_of_the_tables(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(hall, PAST, 30)
    plan = next_read(plans(hall, CallNext(1), monkeypatch))
    assert "ticket_waiting_idx" in plan
    if not hall.store.on_server:
        assert "TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.parametrize("command", [CallNext(1), Issue("P01")], ids=["call next", "issue"])
def test_no_hot_statement_reads_a_whole_table(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, command: object
) -> None:
    fill(hall, PAST, 30)
    hall.store.database.execute_sql("ANALYZE")
    for plan in plans(hall, command, monkeypatch).values():
        assert "Seq Scan on ticket" not in plan
        assert "Seq Scan on journal" not in plan
        for line in plan.splitlines():
            if line.startswith("SCAN"):
                assert "USING INDEX ticket_waiting_idx" in line, line
