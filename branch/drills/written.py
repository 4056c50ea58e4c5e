"""What people wrote about a whole run, sealed in the store: the hot wash, a real one's report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from branch.drills.records import RunRow
from branch.kernel.prepared import Prepared
from branch.kernel.sealing import Sealer
from branch.kernel.store import Store

_REPORT = "drill_run.report"
_HOT_WASH = "drill_run.hot_wash"


@dataclass(frozen=True)
class HotWash:
    """The answers to the scenario's questions, in their order, and free notes."""

    answers: tuple[str, ...]
    notes: str

    def __repr__(self) -> str:
        return "HotWash()"


_WRITTEN = Prepared(
    lambda run: RunRow.select(RunRow.report, RunRow.hot_wash).where(RunRow.id == run)
)


def report_of(store: Store, run: int) -> dict[str, str]:
    """The fields of a real incident's report that are filled in."""
    row = _WRITTEN.one(store, run=run)
    said = store.sealer.open(row[0], _REPORT) if row else ""
    return dict(json.loads(said)) if said else {}


def hot_wash_of(store: Store, run: int) -> HotWash | None:
    """The hot wash of a run, or None while nobody has written it."""
    row = _WRITTEN.one(store, run=run)
    said = store.sealer.open(row[1], _HOT_WASH) if row else ""
    if not said:
        return None
    kept = json.loads(said)
    return HotWash(tuple(kept["answers"]), kept["notes"])


def sealed_report(sealer: Sealer, fields: Mapping[str, str]) -> str:
    """The report as the store keeps it."""
    return sealer.seal(json.dumps(dict(fields), ensure_ascii=False), _REPORT)


def sealed_hot_wash(sealer: Sealer, said: HotWash) -> str:
    """The hot wash as the store keeps it."""
    text = json.dumps({"answers": list(said.answers), "notes": said.notes}, ensure_ascii=False)
    return sealer.seal(text, _HOT_WASH)
