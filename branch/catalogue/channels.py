"""Which self-service machines are out of order, so that nobody is sent to one."""

from __future__ import annotations

import json
from collections.abc import Collection

from branch.kernel.setting import keep_value, kept_value
from branch.kernel.store import Store

_KEY = "channels_out"


def channels_out(store: Store) -> frozenset[str]:
    """The channels of which no machine works."""
    kept = kept_value(store, _KEY)
    return frozenset(json.loads(kept)) if kept else frozenset()


def keep_channels_out(store: Store, out: Collection[str]) -> None:
    """Note them, inside the caller's transaction."""
    keep_value(store, _KEY, json.dumps(sorted(out)))
