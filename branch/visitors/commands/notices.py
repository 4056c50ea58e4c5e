"""Notices change by versions: a former version is kept as long as records name it."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput
from branch.kernel.phrases import placeholders
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.kernel.setting import setting
from branch.visitors.queries.notices import PERIOD, current_notice
from branch.visitors.records import NoticeRow
from branch.visitors.rules import NOTICE_KINDS, require_known

_LONGEST = 600
_PLACES = frozenset({"branch", "days"})


@dataclass(frozen=True)
class ChangeNotice:
    """Change what is told; ``{branch}`` and ``{days}`` stand for the branch and the period."""

    kind: str
    zh: str
    en: str


_INSERT = Prepared(
    lambda kind, version, zh, en, days, now, staff: NoticeRow.insert(
        {
            NoticeRow.kind: kind,
            NoticeRow.version: version,
            NoticeRow.zh: zh,
            NoticeRow.en: en,
            NoticeRow.days: days,
            NoticeRow.made_at: now,
            NoticeRow.made_by: staff,
        }
    )
)


def change_notice(work: Work, command: ChangeNotice) -> int:
    """Make a new version; returns it. Raises BadInput for a text that leaves out the period."""
    require_known(command.kind, NOTICE_KINDS, "kind")
    return _renew(work, command.kind, _checked(command.zh, "zh"), _checked(command.en, "en"))


def renew_notices(work: Work) -> None:
    """Make new versions where the period is not what the notice says; called when one changes."""
    for kind in NOTICE_KINDS:
        now = current_notice(work.store, kind)
        if now.days != setting(work.store, PERIOD[kind]) or now.made_at == 0:
            _renew(work, kind, now.zh, now.en)


def _renew(work: Work, kind: str, zh: str, en: str) -> int:
    version = current_notice(work.store, kind).version + 1
    days = setting(work.store, PERIOD[kind])
    _INSERT.run(
        work.store,
        kind=kind,
        version=version,
        zh=zh,
        en=en,
        days=days,
        now=work.now,
        staff=work.actor.staff,
    )
    work.record("notice.changed", kind, version=version, days=days)
    return version


def _checked(text: str, field: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise BadInput("field_empty", field=field)
    if len(plain) > _LONGEST:
        raise BadInput("field_too_long", field=field, longest=_LONGEST, length=len(plain))
    try:
        wanted = placeholders(plain)
    except ValueError:  # a brace without its partner
        wanted = frozenset()
    if "days" not in wanted or not wanted <= _PLACES:
        # PIPL Art. 17(1)(2): the notice tells how long data are kept.
        raise BadInput("notice_places", field=field)
    return plain


HANDLERS: dict[type, Handler] = {ChangeNotice: Handler(change_notice)}
