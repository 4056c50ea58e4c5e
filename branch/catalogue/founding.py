"""What a branch's catalogue begins with: the shipped services, and the rows they become."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources as package_files
from typing import Any

from branch.catalogue.records import (
    AreaRow,
    ClassRow,
    CounterRow,
    CounterServiceRow,
    GroupRow,
    QueueRow,
    ServiceRow,
)
from branch.kernel.phrases import read_yaml
from branch.kernel.store import Store


@dataclass(frozen=True)
class NewCounter:
    """A counter to begin with. ``services`` are codes."""

    number: int
    services: frozenset[str]
    zh: str = ""
    en: str = ""
    planned_break: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What a branch can do, in rows ready to be inserted."""

    areas: tuple[dict[str, Any], ...]
    queues: tuple[dict[str, Any], ...]
    groups: tuple[dict[str, Any], ...]
    services: tuple[dict[str, Any], ...]
    classes: tuple[dict[str, Any], ...]


def default_catalogue(areas: list[dict[str, Any]] | None = None) -> Catalogue:
    """The shipped catalogue: 41 services in eight groups, four queues, eight classes."""
    offer = shipped("catalogue/services.yaml")
    looks = shipped("catalogue/looks.yaml")
    groups = []
    for position, group in enumerate(offer["meta"]["groups"]):
        look = looks["groups"][group["code"]]
        groups.append(
            {
                "code": group["code"],
                "zh": group["zh"],
                "en": group["en"],
                "letter": group["letter"],
                "area": group["area"],
                "position": position,
                **look,
            }
        )
    return Catalogue(
        areas=tuple(areas or looks["areas"]),
        queues=tuple(
            {**queue, "position": position} for position, queue in enumerate(looks["queues"])
        ),
        groups=tuple(groups),
        services=tuple(_service(row, at) for at, row in enumerate(offer["services"])),
        classes=tuple(
            {**klass, "position": position} for position, klass in enumerate(looks["classes"])
        ),
    )


def _service(row: dict[str, Any], position: int) -> dict[str, Any]:
    return {
        "code": row["code"],
        "group": row["group"],
        "zh": row["name_zh"],
        "en": row["name_en"],
        "minutes": row["typical_minutes"],
        "documents": json.dumps(row["documents"], ensure_ascii=False),
        "channels": json.dumps(row["channels"]),
        "in_person": row["in_person_required"],
        "agent": row["agent_allowed"],
        "notes_zh": row.get("notes_zh") or "",
        "notes_en": row.get("notes_en") or "",
        "active": True,
        "position": position,
    }


def catalogue_of(store: Store) -> tuple[Catalogue, tuple[NewCounter, ...]]:
    """The catalogue and the counters of a branch as another one could begin with them."""

    def rows(row: Any, order: Any) -> tuple[dict[str, Any], ...]:
        return tuple(row.select().order_by(order).dicts().execute(store.database))

    sets: dict[int, set[str]] = {}
    for able in rows(CounterServiceRow, CounterServiceRow.counter):
        sets.setdefault(able["counter"], set()).add(able["service"])
    return Catalogue(
        areas=rows(AreaRow, AreaRow.code),
        queues=rows(QueueRow, QueueRow.position),
        groups=rows(GroupRow, GroupRow.position),
        services=rows(ServiceRow, ServiceRow.position),
        classes=rows(ClassRow, ClassRow.position),
    ), tuple(
        NewCounter(
            row["number"],
            frozenset(sets.get(row["number"], ())),
            row["zh"],
            row["en"],
            row["planned_break"],
        )
        for row in rows(CounterRow, CounterRow.number)
    )


def fill(store: Store, catalogue: Catalogue, counters: tuple[NewCounter, ...]) -> None:
    """Insert the rows of a new branch, inside the caller's transaction."""
    for row, rows in (
        (AreaRow, catalogue.areas),
        (QueueRow, catalogue.queues),
        (GroupRow, catalogue.groups),
        (ServiceRow, catalogue.services),
        (ClassRow, catalogue.classes),
    ):
        row.insert_many(rows).execute(store.database)
    for counter in counters:
        CounterRow.insert(
            number=counter.number,
            zh=counter.zh,
            en=counter.en,
            planned_break=counter.planned_break,
        ).execute(store.database)
        if counter.services:
            CounterServiceRow.insert_many(
                [
                    {"counter": counter.number, "service": service}
                    for service in sorted(counter.services)
                ]
            ).execute(store.database)


def shipped(path: str) -> Any:
    """A YAML file of the program's resources."""
    text = package_files.files("resources").joinpath(path).read_text(encoding="utf-8")
    return read_yaml(text)
