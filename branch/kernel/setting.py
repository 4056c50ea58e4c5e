"""The branch's own settings, their defaults and limits; no other table."""

from __future__ import annotations

import json
from dataclasses import dataclass

from branch.kernel.errors import BadInput
from branch.kernel.prepared import Prepared
from branch.kernel.records import SettingRow
from branch.kernel.store import Store

SettingValue = int | str


@dataclass(frozen=True)
class Limit:
    """Default and range of a whole-number setting."""

    default: int
    least: int
    most: int


SETTINGS: dict[str, Limit] = {
    # Calls of a ticket before it may be marked a no-show.
    "calls_before_no_show": Limit(2, 1, 9),
    # Seconds between two calls of one ticket (look.md section 10).
    "recall_gap_s": Limit(5, 5, 120),
    # Minutes without a key or a touch after which a staffed station locks.
    "lock_after_min": Limit(10, 1, 120),
    # Age from which a customer is offered the elderly class.
    "elderly_age": Limit(60, 50, 80),
    # Seconds within which a no-show, and any other step, can be undone (look.md section 10).
    "undo_no_show_s": Limit(180, 30, 600),
    "undo_step_s": Limit(8, 3, 60),
}

_READ = Prepared(lambda key: SettingRow.select(SettingRow.value).where(SettingRow.key == key))
_KEEP = Prepared(
    lambda key, value: SettingRow.insert(
        {SettingRow.key: key, SettingRow.value: value}
    ).on_conflict(conflict_target=[SettingRow.key], update={SettingRow.value: value})
)


def setting(store: Store, key: str) -> int:
    """The value of a whole-number setting, or its default."""
    row = _READ.one(store, key=key)
    return int(json.loads(row[0])) if row else SETTINGS[key].default


def checked_setting(key: str, value: SettingValue) -> int:
    """A value within its limits; raises BadInput otherwise."""
    limit = SETTINGS.get(key)
    if limit is None:
        raise BadInput("setting_unknown", field=key)
    if isinstance(value, str) or not limit.least <= value <= limit.most:
        raise BadInput("setting_range", field=key, least=limit.least, most=limit.most)
    return int(value)


def keep_setting(store: Store, key: str, value: int) -> None:
    """Write a setting inside the caller's transaction."""
    _KEEP.run(store, key=key, value=json.dumps(value))
