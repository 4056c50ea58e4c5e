"""What an inspection asks: its template, and what may stand in one; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import BadInput

RESPONSES = ("pfn", "number", "date", "text", "sign", "score2")
EVERY = ("business_day", "week", "month", "quarter", "year")
SIGNERS = frozenset(
    {
        "lobby_manager",
        "teller",
        "adviser",
        "complaint_officer",
        "supervisor",
        "branch_manager",
        "guard",
    }
)
_LONGEST_TEXT = 200
_MOST_ITEMS = 100
_MOMENT = re.compile(r"(opens|closes)(?:([+-])(\d{1,3}))?|([01]\d|2[0-3]):([0-5]\d)")
# A window is checked against an ordinary day, in minutes from midnight.
_OPENS, _CLOSES = 9 * 60, 17 * 60
_ID = re.compile(r"[A-Z0-9]{2,10}-\d{2}")


@dataclass(frozen=True)
class Item:
    """One thing to look at. ``due_h`` are the hours within which a failure is put right by
    ``owner`` (a role); ``photo`` says that a failed critical item needs one."""

    id: str
    zh: str
    en: str
    response: str
    critical: bool
    due_h: int
    owner: str
    photo: bool = False
    guide_zh: str = ""
    guide_en: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    least: int | None = None
    most: int | None = None
    equals: str = ""
    most_of: str = ""


@dataclass(frozen=True)
class Section:
    """Items under a heading."""

    zh: str
    en: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Template:
    """An inspection. ``windows`` are pairs of local moments ("opens-30", "12:30"), one a turn;
    ``signs`` the roles of each signature; ``cleaner`` that a name without an account signs too.

    ``per`` is "teller" where each teller is looked at; ``within`` "first_week" of a month;
    ``optional_hours`` the gap of a patrol that the branch may switch on.
    """

    code: str
    version: int
    name_zh: str
    name_en: str
    every: str
    windows: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, ...], ...]
    sections: tuple[Section, ...]
    basis: tuple[str, ...] = ()
    cleaner: bool = False
    per: str = ""
    within: str = ""
    optional_hours: int = 0
    active: bool = True

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item | None:
        """An item by its id."""
        return next((item for item in self.items if item.id == code), None)


def template_from(data: Mapping[str, Any], version: int) -> Template:
    """A template from its stored or shipped form, checked; raises BadInput naming the field."""
    sections = tuple(
        Section(
            _word(section, "zh"),
            _word(section, "en"),
            tuple(_item(item) for item in _list(section, "items")),
        )
        for section in _list(data, "sections")
    )
    template = Template(
        code=_word(data, "code"),
        version=version,
        name_zh=_word(data, "name_zh"),
        name_en=_word(data, "name_en"),
        every=_one_of(data, "every", EVERY),
        windows=tuple((str(first), str(last)) for first, last in _list(data, "windows")),
        signs=tuple(tuple(map(str, roles)) for roles in _list(data, "signs")),
        sections=sections,
        basis=tuple(map(str, data.get("basis", ()))),
        cleaner=bool(data.get("cleaner", False)),
        per=str(data.get("per", "")),
        within=str(data.get("within", "")),
        optional_hours=int(data.get("optional_hours", 0)),
        active=bool(data.get("active", True)),
    )
    return checked_template(template)


def checked_template(template: Template) -> Template:
    """The template; raises BadInput for what cannot stand: no items, an item twice, a window that
    ends before it begins, a signature by nobody."""
    items = template.items
    if not 1 <= len(items) <= _MOST_ITEMS:
        raise BadInput("template_items", field="sections", most=_MOST_ITEMS)
    if len({item.id for item in items}) < len(items):
        raise BadInput("template_item_twice", field="sections")
    if not template.windows:
        raise BadInput("field_empty", field="windows")
    for first, last in template.windows:
        begins = minute(first, _OPENS, _CLOSES)
        if not last:
            raise BadInput("window_end", field="windows", given=first)
        if begins >= minute(last, _OPENS, _CLOSES):
            raise BadInput("window_order", field="windows")
    if not template.signs or any(
        not roles or not set(roles) <= SIGNERS for roles in template.signs
    ):
        raise BadInput("template_signs", field="signs")
    for item in items:
        checked_item(item)
    return template


def checked_item(item: Item) -> Item:
    """The item; raises BadInput (field: the item's id) for what cannot stand: no words, an unknown
    way to answer, nobody who puts a failure right, a least above the most."""
    if not _ID.fullmatch(item.id):
        raise BadInput("item_id", field="sections", given=item.id)
    if item.response not in RESPONSES:
        raise BadInput("code_unknown", field=item.id, given=item.response)
    for text in (item.zh, item.en):
        if not text.strip() or len(text) > _LONGEST_TEXT:
            raise BadInput("item_text", field=item.id, longest=_LONGEST_TEXT)
    for text in (item.guide_zh, item.guide_en, item.unit_zh, item.unit_en):
        if len(text) > _LONGEST_TEXT:
            raise BadInput("item_text", field=item.id, longest=_LONGEST_TEXT)
    if item.owner not in SIGNERS or not 1 <= item.due_h <= 24 * 90:
        raise BadInput("item_action", field=item.id)
    if item.least is not None and item.most is not None and item.least > item.most:
        raise BadInput("item_limits", field=item.id)
    return item


def template_data(template: Template) -> dict[str, Any]:
    """A template as it is stored: what ``template_from`` reads."""
    return {
        "code": template.code,
        "name_zh": template.name_zh,
        "name_en": template.name_en,
        "every": template.every,
        "windows": [list(window) for window in template.windows],
        "signs": [list(roles) for roles in template.signs],
        "basis": list(template.basis),
        "cleaner": template.cleaner,
        "per": template.per,
        "within": template.within,
        "optional_hours": template.optional_hours,
        "active": template.active,
        "sections": [
            {
                "zh": section.zh,
                "en": section.en,
                "items": [
                    {key: value for key, value in vars(item).items() if value not in ("", None)}
                    for item in section.items
                ],
            }
            for section in template.sections
        ],
    }


def _item(data: Mapping[str, Any]) -> Item:
    known = set(Item.__dataclass_fields__)
    strange = sorted(set(data) - known)
    if strange:
        raise BadInput("code_unknown", field="sections", given=strange[0])
    try:
        return Item(**data)
    except TypeError as error:
        raise BadInput("item_incomplete", field="sections", given=data.get("id", "")) from error


def _word(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT:
        raise BadInput("item_text", field=key, longest=_LONGEST_TEXT)
    return value.strip()


def _one_of(data: Mapping[str, Any], key: str, known: Sequence[str]) -> str:
    if data.get(key) not in known:
        raise BadInput("code_unknown", field=key, given=str(data.get(key)))
    return str(data[key])


def _list(data: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise BadInput("template_items", field=key, most=_MOST_ITEMS)
    return value


def minute(text: str, opens: int, closes: int) -> int:
    """A local moment ("opens-30", "closes", "12:30") in minutes from midnight, as the hours are.

    Raises BadInput for anything else.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise BadInput("window_form", field="windows", given=text)
    if found[1] is None:
        return int(found[4]) * 60 + int(found[5])
    base = opens if found[1] == "opens" else closes
    minutes = int(found[3] or 0)
    return base - minutes if found[2] == "-" else base + minutes
