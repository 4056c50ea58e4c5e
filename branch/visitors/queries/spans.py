"""Which numbers the register holds, as few spans of neighbours, so that a list of any length knows
how long it is without reading a visitor; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.store import Store


@dataclass(frozen=True)
class Span:
    """The ids from ``first`` to ``last``, all of them there."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many."""
        return self.last - self.first + 1


# Neighbours have the same distance to their place in the order (gaps and islands).
_SPANS = (
    "SELECT min(id), max(id) FROM "
    "(SELECT id, id - row_number() OVER (ORDER BY id) AS island FROM visitor) AS numbered "
    "GROUP BY island ORDER BY 1 DESC"
)


def register_spans(store: Store) -> tuple[Span, ...]:
    """The ids of all visitors as spans without a gap, newest first."""
    return tuple(Span(first, last) for first, last in store.rows(_SPANS, ()))
