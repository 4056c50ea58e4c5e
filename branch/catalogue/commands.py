"""Changes of the catalogue: a service, a class, a counter, a setting. Run by the runner only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from branch.catalogue.channels import channels_out, keep_channels_out
from branch.catalogue.queries import priority_classes
from branch.catalogue.records import ClassRow, CounterRow, CounterServiceRow, GroupRow, ServiceRow
from branch.catalogue.rules import (
    CHANNELS,
    DOCUMENT_CONDITIONS,
    LARGEST_CREDIT_MIN,
    LONGEST_SERVICE_MIN,
    Document,
    checked_break,
    checked_minutes,
)
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.kernel.setting import TEXTS, checked_setting, checked_text_setting, keep_setting
from branch.people.rules import checked_name

# A document's English name is a short explanation where the Chinese one is a word.
_LONGEST_ENGLISH = 120


@dataclass(frozen=True)
class ChangeService:
    """Change a service of the catalogue. ``minutes`` is the typical time."""

    code: str
    group: str
    zh: str
    en: str
    minutes: int
    documents: tuple[Document, ...]
    channels: dict[str, str]
    active: bool


@dataclass(frozen=True)
class ChangeClass:
    """Change a class's credit and target of wait, both in minutes."""

    code: str
    credit: int
    target: int


@dataclass(frozen=True)
class ChangeCounter:
    """Change a counter's name and planned break, or make a new counter."""

    number: int
    zh: str
    en: str
    planned_break: str


@dataclass(frozen=True)
class ChangeSetting:
    """Change a setting of the branch."""

    key: str
    value: int | str


_GROUP_KNOWN = Prepared(lambda group: GroupRow.select(GroupRow.code).where(GroupRow.code == group))
_CHANGE_SERVICE = Prepared(
    lambda code, group, zh, en, minutes, documents, channels, active: ServiceRow.update(
        {
            ServiceRow.group: group,
            ServiceRow.zh: zh,
            ServiceRow.en: en,
            ServiceRow.minutes: minutes,
            ServiceRow.documents: documents,
            ServiceRow.channels: channels,
            ServiceRow.active: active,
        }
    ).where(ServiceRow.code == code)
)
_CHANGE_CLASS = Prepared(
    lambda code, credit, target: ClassRow.update(
        {ClassRow.credit: credit, ClassRow.target: target}
    ).where(ClassRow.code == code)
)
_KEEP_COUNTER = Prepared(
    lambda number, zh, en, planned_break: CounterRow.insert(
        {
            CounterRow.number: number,
            CounterRow.zh: zh,
            CounterRow.en: en,
            CounterRow.planned_break: planned_break,
        }
    ).on_conflict(
        conflict_target=[CounterRow.number],
        update={CounterRow.zh: zh, CounterRow.en: en, CounterRow.planned_break: planned_break},
    )
)
_DROP_SET = Prepared(
    lambda counter: delete(CounterServiceRow).where(CounterServiceRow.counter == counter)
)
_ADD_TO_SET = Prepared(
    lambda counter, service: CounterServiceRow.insert(
        {CounterServiceRow.counter: counter, CounterServiceRow.service: service}
    )
)


def _checked_document(document: Document) -> Document:
    if document.when not in DOCUMENT_CONDITIONS:
        raise BadInput("document_condition_unknown", field="documents", given=document.when)
    return Document(
        zh=checked_name(document.zh, "documents"),
        en=checked_name(document.en, "documents", _LONGEST_ENGLISH) if document.en.strip() else "",
        when=document.when,
    )


def change_service(work: Work, command: ChangeService) -> None:
    """Change a service; raises BadInput for what cannot stand, NotFound for an unknown code."""
    if _GROUP_KNOWN.one(work.store, group=command.group) is None:
        raise BadInput("group_unknown", field="group")
    documents = [asdict(_checked_document(document)) for document in command.documents]
    for channel, answer in command.channels.items():
        if channel not in CHANNELS or answer not in ("yes", "partial", "no"):
            raise BadInput("channel_unknown", field="channels", given=channel)
    touched = _CHANGE_SERVICE.run(
        work.store,
        code=command.code,
        group=command.group,
        zh=checked_name(command.zh, "zh"),
        en=checked_name(command.en, "en"),
        minutes=checked_minutes(command.minutes, "minutes", LONGEST_SERVICE_MIN),
        documents=json.dumps(documents, ensure_ascii=False),
        channels=json.dumps(command.channels),
        active=command.active,
    )
    if not touched:
        raise NotFound("service_unknown", service=command.code)
    work.record("catalogue.service_changed", command.code, active=command.active)


def change_class(work: Work, command: ChangeClass) -> None:
    """Change a class's credit or target; waiting tickets keep the key they were issued with."""
    known = {item.code: item for item in priority_classes(work.store)}
    if command.code not in known:
        raise NotFound("class_unknown", given=command.code)
    _CHANGE_CLASS.run(
        work.store,
        code=command.code,
        credit=checked_minutes(command.credit, "credit", LARGEST_CREDIT_MIN),
        target=checked_minutes(command.target, "target", LONGEST_SERVICE_MIN),
    )
    # With the former credit, so that it can be told which ones were in force on a past day.
    work.record(
        "catalogue.class_changed",
        command.code,
        credit=command.credit,
        former=known[command.code].credit,
        target=command.target,
    )


def change_counter(work: Work, command: ChangeCounter) -> None:
    """Name a counter or make a new one (number 1 to 99)."""
    if not 1 <= command.number <= 99:
        raise BadInput("counter_number_range", field="number")
    _KEEP_COUNTER.run(
        work.store,
        number=command.number,
        zh=checked_name(command.zh, "zh") if command.zh.strip() else "",
        en=checked_name(command.en, "en") if command.en.strip() else "",
        planned_break=checked_break(command.planned_break),
    )
    work.record("catalogue.counter_changed", command.number)


def change_setting(work: Work, command: ChangeSetting) -> None:
    """Change a setting; raises BadInput for an unknown key or a value outside its limits."""
    if command.key in TEXTS:
        keep_setting(work.store, command.key, checked_text_setting(command.key, command.value))
        work.record("catalogue.setting_changed", command.key)
        return
    value = checked_setting(command.key, command.value)
    keep_setting(work.store, command.key, value)
    work.record("catalogue.setting_changed", command.key, value=value)


def set_channel_out(work: Work, channel: str, out: bool) -> None:
    """Offer a machine no longer, or again, within the caller's command."""
    before = channels_out(work.store)
    after = before | {channel} if out else before - {channel}
    if after != before:
        keep_channels_out(work.store, after)
        work.record("catalogue.channel_offered", channel, offered=not out)


def replace_counter_services(work: Work, counter: int, services: frozenset[str]) -> None:
    """Give a counter another set of services, within the caller's command."""
    _DROP_SET.run(work.store, counter=counter)
    for service in sorted(services):
        _ADD_TO_SET.run(work.store, counter=counter, service=service)


HANDLERS: dict[type, Handler] = {
    ChangeService: Handler(change_service),
    ChangeClass: Handler(change_class),
    ChangeCounter: Handler(change_counter),
}
