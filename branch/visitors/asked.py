"""One request's row as the commands hold it, and what of it every one of them needs."""

from __future__ import annotations

from branch.kernel.errors import BadInput, NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.visitors.records import RequestRow
from branch.visitors.requests import require_open

_LONGEST_PHONE = 32

# Kind, state, and who checked the identity.
Asked = tuple[str, str, int | None]

_FIND = Prepared(
    lambda request: RequestRow.select(
        RequestRow.kind, RequestRow.state, RequestRow.checked_by
    ).where(RequestRow.id == request)
)
_TOUCH = Prepared(
    lambda request, rev: RequestRow.update({RequestRow.rev: rev}).where(RequestRow.id == request)
)


def asked(work: Work, request: int) -> Asked:
    """A request; raises NotFound."""
    row = _FIND.one(work.store, request=request)
    if row is None:
        raise NotFound("request_unknown")
    kind, state, checked_by = row
    return kind, state, checked_by


def open_asked(work: Work, request: int) -> Asked:
    """A request that is open; raises Stale for one that has been answered."""
    found = asked(work, request)
    require_open(found[1])
    return found


def touch(work: Work, request: int) -> None:
    """Note that something about a request has changed."""
    _TOUCH.run(work.store, request=request, rev=work.revision)


def checked_phone(text: str) -> str:
    """A telephone as it is kept; raises BadInput for one too long or without a digit."""
    phone = " ".join(text.split())
    if len(phone) > _LONGEST_PHONE:
        raise BadInput("field_too_long", field="phone", longest=_LONGEST_PHONE, length=len(phone))
    if phone and not any(char.isdecimal() for char in phone):
        raise BadInput("phone_without_digits", field="phone")
    return phone
