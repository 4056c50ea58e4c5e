"""The branch's own settings and periods, their defaults and limits; no other table."""

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
    # Hours between two fire patrols of a day, 0 for one a day (GB/T 40248-2021 7.3.2 asks for two
    # hours at public gathering places; the local fire office says whether a bank is one).
    "patrol_every_h": Limit(0, 0, 8),
    # How many badges for visitors the branch has.
    "visitor_badges": Limit(30, 1, 200),
    # Days from the receipt of a complaint until it should be answered, by channel: working days,
    # and natural ones for letters, media and the superior body (complaints.md 4b). The law's day
    # holds where it is the earlier.
    "complaint_days_on_site": Limit(5, 1, 15),
    "complaint_days_phone": Limit(5, 1, 15),
    "complaint_days_book": Limit(5, 1, 15),
    "complaint_days_web": Limit(5, 1, 15),
    "complaint_days_letter": Limit(10, 1, 15),
    "complaint_days_media": Limit(3, 1, 15),
    "complaint_days_superior": Limit(7, 1, 15),
    # The same for enquiries, suggestions and reports.
    "complaint_days_other": Limit(5, 1, 30),
    # Working days from receipt until the complainant is told that it has come, 0 for the day
    # itself; of what the superior body passed on until it is accepted. Media are the office's.
    "complaint_ack_on_site": Limit(0, 0, 10),
    "complaint_ack_phone": Limit(0, 0, 10),
    "complaint_ack_book": Limit(2, 0, 10),
    "complaint_ack_web": Limit(1, 0, 10),
    "complaint_ack_letter": Limit(2, 0, 10),
    "complaint_ack_superior": Limit(0, 0, 10),
    # Working days from receipt until the slip goes out, 0 for the day itself, which an urgent one
    # always has.
    "complaint_slip_out_on_site": Limit(0, 0, 10),
    "complaint_slip_out_phone": Limit(1, 0, 10),
    "complaint_slip_out_book": Limit(1, 0, 10),
    "complaint_slip_out_web": Limit(1, 0, 10),
    "complaint_slip_out_letter": Limit(1, 0, 10),
    "complaint_slip_out_media": Limit(0, 0, 10),
    "complaint_slip_out_superior": Limit(1, 0, 10),
    # Working days until the handler signs, and between two words to the complainant.
    "complaint_sign_workdays": Limit(1, 1, 5),
    "complaint_progress_workdays": Limit(5, 1, 10),
    # Working days from receipt within which it may be settled on the spot (complaints.md D15; FCA
    # DISP 1.5 has three), and from the slip within which the handler may give it back.
    "complaint_on_the_spot_workdays": Limit(3, 1, 5),
    "complaint_hand_back_workdays": Limit(1, 1, 5),
    # Minutes within which the superior body hears of a major complaint.
    "complaint_major_minutes": Limit(30, 5, 240),
    # Working days for the report on a slip, on an urgent one, and until the follow-up visit.
    "complaint_slip_workdays": Limit(5, 1, 10),
    "complaint_urgent_slip_workdays": Limit(3, 1, 10),
    "complaint_visit_workdays": Limit(10, 1, 30),
    # Natural days from the closing of a corrective action until its effect is looked at.
    "complaint_effect_days": Limit(30, 1, 180),
    # So many complaints of one business and reason within so many natural days ask for a corrective
    # action (complaints.md 4e).
    "complaint_alike_count": Limit(3, 2, 20),
    "complaint_alike_days": Limit(30, 7, 90),
    # Years that an archived complaint is kept, three at least (PBC Order 2020 No. 5 Art. 44).
    "complaint_keep_years": Limit(5, 3, 15),
    # Compensation above this is decided by the superior body; up to it it counts as small.
    "complaint_redress_yuan": Limit(2_000, 0, 1_000_000),
    # So many complainants of one matter are a group.
    "complaint_group_from": Limit(3, 2, 20),
    # So many make it urgent (PSBC Q/PSBC 0004-2014: three); 0: their number does not.
    "complaint_urgent_from": Limit(3, 0, 20),
}

# What the branch's letters say of itself and of the ways of redress (Order 3 Art. 19): the longest
# text of each. Empty until somebody fills it in.
TEXTS: dict[str, int] = {
    "branch_address": 100,
    "branch_phone": 30,
    # The word in front of the numbers of its letters: 湖滨投复〔2026〕117 号.
    "letter_short": 10,
    # The superior body that decides on a re-review.
    "upper_body": 60,
    "upper_address": 100,
    "upper_phone": 30,
    "mediator": 100,
    "arb_or_court": 100,
}

# How many whole days something is kept; each goes the day after. They are no ordinary settings: a
# longer period stays within these limits, a shorter one waits for a second person. PIPL Art. 19
# asks for the shortest time that serves the purpose; Art. 56 for three years of what shows how
# personal data were handled.
PERIODS: dict[str, Limit] = {
    # A visit to the office area, from its day.
    "keep_visitors_days": Limit(90, 1, 180),
    # A reception record without a follow-up, from its day.
    "keep_receptions_days": Limit(30, 1, 180),
    # A reception record with a follow-up, from the day that was done.
    "keep_follow_ups_days": Limit(30, 1, 180),
    # The free text of a reason; 0 ends with the business day.
    "keep_reasons_days": Limit(0, 0, 30),
    # An entry of the block list, from the day it ended.
    "keep_blocked_days": Limit(30, 1, 180),
    # Who was where in a roll call, from its day.
    "keep_roll_calls_days": Limit(90, 1, 365),
    # What was said in a complaint room when no complaint came of it, from the session's end.
    "keep_sessions_days": Limit(90, 1, 365),
    # What was written about a drill or an incident, and its photos, from its end: the drills of
    # three years are held against each other.
    "keep_drills_days": Limit(1095, 365, 1825),
    # What was written at an inspection, its photos and the name of who cleaned, from its day: what
    # fails again and again is followed up over years. The papers of a fire patrol stay a year at
    # least (GB 25201-2010 ch. 10, secondary source).
    "keep_inspections_days": Limit(1095, 365, 1825),
    # Copies of the store made before an upgrade.
    "keep_backups_days": Limit(30, 1, 90),
    # A request about one's own data, from its answer; a lifted legal hold.
    "keep_rights_requests_days": Limit(1095, 1095, 1825),
    # Why somebody took emergency access.
    "keep_break_glass_days": Limit(1095, 1095, 1825),
}

_READ = Prepared(lambda key: SettingRow.select(SettingRow.value).where(SettingRow.key == key))
_ALL = Prepared(lambda: SettingRow.select(SettingRow.key, SettingRow.value))
_KEEP = Prepared(
    lambda key, value: SettingRow.insert(
        {SettingRow.key: key, SettingRow.value: value}
    ).on_conflict(conflict_target=[SettingRow.key], update={SettingRow.value: value})
)


def setting(store: Store, key: str) -> int:
    """The value of a whole-number setting or of a period in days, or its default."""
    row = _READ.one(store, key=key)
    if row:
        return int(json.loads(row[0]))
    return (SETTINGS.get(key) or PERIODS[key]).default


def settings_with(store: Store, prefix: str) -> dict[str, int]:
    """The values of the whole-number settings whose keys begin like this."""
    kept = dict(_ALL.all(store))
    return {
        key: int(json.loads(kept[key])) if key in kept else limit.default
        for key, limit in SETTINGS.items()
        if key.startswith(prefix)
    }


def text_setting(store: Store, key: str) -> str:
    """The text of a setting of ``TEXTS``, empty while nobody has filled it in."""
    row = _READ.one(store, key=key)
    return str(json.loads(row[0])) if row else ""


def checked_text_setting(key: str, text: SettingValue) -> str:
    """A text on one line within its length; raises BadInput otherwise."""
    plain = " ".join(text.split()) if isinstance(text, str) else None
    if plain is None or not plain.isprintable():
        raise BadInput("setting_text", field=key)
    if len(plain) > TEXTS[key]:
        raise BadInput("field_too_long", field=key, longest=TEXTS[key], length=len(plain))
    return plain


def checked_setting(key: str, value: SettingValue) -> int:
    """A value within its limits; raises BadInput otherwise."""
    limit = SETTINGS.get(key)
    if limit is None:
        raise BadInput("setting_unknown", field=key)
    if isinstance(value, str) or not limit.least <= value <= limit.most:
        raise BadInput("setting_range", field=key, least=limit.least, most=limit.most)
    return int(value)


def checked_period(key: str, days: int) -> int:
    """A period of so many days within its limits; raises BadInput otherwise."""
    limit = PERIODS.get(key)
    if limit is None:
        raise BadInput("setting_unknown", field=key)
    if not limit.least <= days <= limit.most:
        raise BadInput("setting_range", field=key, least=limit.least, most=limit.most)
    return days


def keep_setting(store: Store, key: str, value: SettingValue) -> None:
    """Write a setting inside the caller's transaction."""
    _KEEP.run(store, key=key, value=json.dumps(value))


def kept_value(store: Store, key: str) -> str | None:
    """What another part of the kernel keeps under a key of its own (JSON), or None."""
    row = _READ.one(store, key=key)
    return row[0] if row else None


def keep_value(store: Store, key: str, value: str) -> None:
    """Write such a value (JSON) inside the caller's transaction."""
    _KEEP.run(store, key=key, value=value)
