"""What a form is: blocks and fields, their kinds, what is asked before it is issued; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# text and long: words on one or on several lines; day: "2026-11-22" in the branch's zone; moment:
# milliseconds UTC; amount: fen; rows: mappings with the keys of ``columns``; blank and sign: empty
# cells that are filled in by hand on the printed paper.
KINDS = (
    "text",
    "long",
    "day",
    "moment",
    "code",
    "codes",
    "yes",
    "amount",
    "count",
    "rows",
    "blank",
    "sign",
)

Value = str | int | bool | list[str] | list[dict[str, str]] | None
Fields = Mapping[str, Value]

# Lists that only papers know; every other name of a list is one of branch/complaints/codes.py.
PAPER_CODES: Mapping[str, tuple[str, ...]] = {
    "slip_type": ("transfer", "supervise", "urge"),
    "liability": ("liable", "partly", "not_liable"),
    "stage": ("30", "60", "central_bank"),
    "level": ("head", "up", "headquarters"),
    "delivery": ("in_person", "post", "message", "phone", "refused", "not_reached"),
}


@dataclass(frozen=True)
class Field:
    """One field of a form.

    ``typed``: written in the editor, with what the case says as a beginning; every other field is
    as the case says and is not changed by hand. ``locked``: a paragraph of the law, shown and not
    editable. ``codes`` names the list of a code field, ``columns`` the keys of a row. ``masked``:
    identity or account, hidden but for its end on a customer's copy.
    """

    key: str
    kind: str
    required: bool = False
    typed: bool = False
    locked: bool = False
    codes: str = ""
    columns: tuple[str, ...] = ()
    masked: bool = False


@dataclass(frozen=True)
class Block:
    """A part of a form with a heading."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """A form. ``customer``: the customer gets a copy, labels in two languages, masked where
    marked. ``numbered``: it has a number of its own a year, beside the case's."""

    code: str
    edition: str
    blocks: tuple[Block, ...]
    customer: bool
    seal: bool
    signatures: tuple[str, ...]
    numbered: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the form's order."""
        return tuple(field for block in self.blocks for field in block.fields)

    def field(self, key: str) -> Field:
        """The field of this key; raises KeyError when the form has none."""
        return next(one for one in self.fields if one.key == key)


EDITION = "2026-01"


def is_empty(value: Value) -> bool:
    """Whether a field says nothing: an amount of 0 and a "no" say something."""
    return value is None or value == "" or value == []


def empty_value(kind: str) -> Value:
    """What stands in a field of this kind that says nothing."""
    if kind in ("codes", "rows"):
        return []
    if kind in ("moment", "yes", "amount", "count"):
        return None
    return ""


def missing(form: Form, fields: Fields, spared: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The keys of asked fields that are empty, in the form's order; cells filled in by hand and
    those that this case spares (``spared``) are not asked for."""
    return tuple(
        field.key
        for field in form.fields
        if field.required
        and field.kind not in ("sign", "blank")
        and field.key not in spared
        and is_empty(fields[field.key])
    )
