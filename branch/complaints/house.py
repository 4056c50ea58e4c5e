"""The house's own figures for complaints, as they are set now; writes nothing.

Handbook 000 has a table of limits and leaves its figures empty, so each bank fills in its own;
the defaults are those of complaints.md 4b. What the law fixes is no setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from branch.complaints.codes import CHANNELS
from branch.complaints.deadlines import HouseLimit
from branch.kernel.setting import settings_with
from branch.kernel.store import Store

PREFIX: Final = "complaint_"
DAYS: Final = "complaint_days_"
ACK: Final = "complaint_ack_"
SLIP_OUT: Final = "complaint_slip_out_"
# The channels whose limit counts natural days; the others' counts working days.
_NATURAL: Final = frozenset({"letter", "media", "superior"})
_FEN: Final = 100


@dataclass(frozen=True)
class House:
    """Limits by channel, and of what is no complaint (``other``); compensation above ``redress``
    (fen) is the superior's; from ``group_from`` complainants a matter is a group's, from
    ``urgent_from`` urgent (0: however many they are). Working days:
    by channel until it is acknowledged (``ack``, not for media) and until the slip goes out; until
    the handler signs, for the report on a slip, on an urgent one, until the follow-up visit, and
    between two words to the complainant; natural days ``effect_days`` until somebody looks
    whether a corrective action helped. ``major_minutes`` until the superior body hears of a major
    one. Working days from receipt in which it may be settled on the spot, and from the slip in
    which the handler may give it back. ``alike_count`` of one business and reason within
    ``alike_days`` natural days ask for a corrective action. ``keep_years`` an archived one is kept,
    counted from the archiving; another figure is for what is archived from then on."""

    limits: dict[str, HouseLimit]
    other: HouseLimit
    redress: int
    group_from: int
    urgent_from: int
    ack: dict[str, int]
    slip_out: dict[str, int]
    sign_workdays: int
    slip_workdays: int
    urgent_slip_workdays: int
    visit_workdays: int
    progress_workdays: int
    effect_days: int
    on_the_spot_workdays: int
    hand_back_workdays: int
    alike_count: int
    alike_days: int
    keep_years: int
    major_minutes: int

    def limit_of(self, kind: str, channel: str) -> HouseLimit:
        """The limit from receipt."""
        return self.limits[channel] if kind == "complaint" else self.other

    def slip_out_of(self, channel: str, urgent: bool) -> int:
        """Working days from receipt until the slip goes out (complaints.md D13)."""
        return 0 if urgent else self.slip_out[channel]


def house_of(store: Store) -> House:
    """The figures that hold now."""
    found = settings_with(store, PREFIX)
    return House(
        limits={
            channel: HouseLimit(found[DAYS + channel], channel not in _NATURAL)
            for channel in CHANNELS
        },
        other=HouseLimit(found[DAYS + "other"], working=True),
        redress=found["complaint_redress_yuan"] * _FEN,
        group_from=found["complaint_group_from"],
        urgent_from=found["complaint_urgent_from"],
        ack={channel: found[ACK + channel] for channel in CHANNELS if ACK + channel in found},
        slip_out={channel: found[SLIP_OUT + channel] for channel in CHANNELS},
        sign_workdays=found["complaint_sign_workdays"],
        slip_workdays=found["complaint_slip_workdays"],
        urgent_slip_workdays=found["complaint_urgent_slip_workdays"],
        visit_workdays=found["complaint_visit_workdays"],
        progress_workdays=found["complaint_progress_workdays"],
        effect_days=found["complaint_effect_days"],
        on_the_spot_workdays=found["complaint_on_the_spot_workdays"],
        hand_back_workdays=found["complaint_hand_back_workdays"],
        alike_count=found["complaint_alike_count"],
        alike_days=found["complaint_alike_days"],
        keep_years=found["complaint_keep_years"],
        major_minutes=found["complaint_major_minutes"],
    )
