"""Queue scenarios with hand-written expectations, replayed through the real commands.

The file's form is that of ``queue/scenarios_public.json``; expectations in it are never read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from branch.bootstrap import Branch, open_branch
from branch.catalogue.commands import ChangeSetting
from branch.catalogue.founding import Catalogue, NewCounter, default_catalogue
from branch.founding import NewStaff, Plan
from branch.kernel.clock import SetClock, from_ms, to_ms
from branch.kernel.errors import BadInput, BranchError
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.lobby.commands.arrivals import Issue, Return, SetClass
from branch.lobby.commands.calling import (
    CallNext,
    Finish,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
)
from branch.lobby.commands.counters import OpenCounter, SetCounterServices
from branch.lobby.ticket import find_ticket
from branch.people.queries import account_id
from branch.people.rules import Role
from branch.tools.scratch import scratch_store, spare_the_disk

_ZONE = ZoneInfo("Asia/Shanghai")
_LETTERS = "ACEFHKLMNPRTUVWXY"
_MOST_SERVICES = len(_LETTERS)


@dataclass(frozen=True)
class Replayed:
    """A scenario's outcome: the ticket of each call event, and each ticket's final key."""

    id: str
    calls: list[str | None]
    keys: dict[str, str]
    refused: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> str:
        """One line of JSON; ``refused`` is left out when nothing was."""
        shown: dict[str, Any] = {"id": self.id, "calls": self.calls, "keys": self.keys}
        if self.refused:
            shown["refused"] = self.refused
        return json.dumps(shown, ensure_ascii=False)


def load_scenarios(path: Path) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Scenarios and credits (minutes by class) of a file; raises BadInput for another form."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        credits = {str(k): int(v) for k, v in loaded["rules"]["credits_min"].items()}
        scenarios = list(loaded["scenarios"])
        for scenario in scenarios:
            str(scenario["id"]), dict(scenario["counters"]), list(scenario["events"])
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", field="scenarios", file=path.name) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            "scenario_form", field="scenarios", file=path.name, detail=str(error)
        ) from error
    return scenarios, credits


def replay(path: Path, settings: Settings) -> list[Replayed]:
    """Replay every scenario of a file, each on an empty store of its own."""
    scenarios, credits = load_scenarios(path)
    return [_replay_one(scenario, credits, settings) for scenario in scenarios]


def _replay_one(scenario: dict[str, Any], credits: dict[str, int], settings: Settings) -> Replayed:
    with scratch_store(settings) as url:
        clock = SetClock(_instant("09:00"))
        branch = open_branch(url, clock)
        try:
            spare_the_disk(branch.store)
            return _Play(branch, clock, scenario, credits).run()
        except (KeyError, ValueError, TypeError) as error:
            raise BadInput(
                "scenario_form", field="scenarios", file=str(scenario["id"]), detail=str(error)
            ) from error
        finally:
            branch.close()


def _instant(text: str) -> int:
    hour, minute, *rest = (int(part) for part in text.split(":"))
    second = rest[0] if rest else 0
    return to_ms(datetime(2026, 1, 5, hour, minute, second, tzinfo=_ZONE))


class _Play:
    def __init__(
        self,
        branch: Branch,
        clock: SetClock,
        scenario: dict[str, Any],
        credits: dict[str, int],
    ) -> None:
        self._branch = branch
        self._clock = clock
        self._scenario = scenario
        self._tickets: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._calls: list[str | None] = []
        self._refused: list[dict[str, Any]] = []
        self._codes = self._service_codes()
        branch.found(self._plan(credits))
        self._floor = self._actor("FLOOR", "lobby")
        self._tellers = {
            str(name): self._actor(f"T{number:02d}x", f"counter-{number}")
            for number, name in enumerate(scenario["counters"], start=1)
        }
        self._numbers = {
            str(name): number for number, name in enumerate(scenario["counters"], start=1)
        }

    def _service_codes(self) -> list[str]:
        codes: dict[str, None] = {}
        for services in self._scenario["counters"].values():
            codes.update(dict.fromkeys(services))
        for event in self._scenario["events"]:
            codes.update(dict.fromkeys(event.get("services", ())))
            if event.get("service"):
                codes[event["service"]] = None
        if len(codes) > _MOST_SERVICES:
            raise ValueError(f"more than {_MOST_SERVICES} services")
        return list(codes)

    def _plan(self, credits: dict[str, int]) -> Plan:
        shipped = default_catalogue()
        plain = shipped.services[0]
        group = shipped.groups[0]
        classes = [
            {"code": code, "zh": code, "en": code, "credit": credit, "target": 20}
            for code, credit in credits.items()
        ]
        if "ordinary" not in credits:
            classes.append(
                {"code": "ordinary", "zh": "普通", "en": "Ordinary", "credit": 0, "target": 20}
            )
        catalogue = Catalogue(
            areas=shipped.areas,
            queues=tuple(
                {"letter": _LETTERS[at], "zh": code, "en": code, "position": at}
                for at, code in enumerate(self._codes)
            ),
            groups=tuple(
                {**group, "code": code, "letter": _LETTERS[at], "position": at}
                for at, code in enumerate(self._codes)
            ),
            services=tuple(
                {**plain, "code": code, "group": code, "position": at}
                for at, code in enumerate(self._codes)
            ),
            classes=tuple({**klass, "position": at} for at, klass in enumerate(classes)),
        )
        counters = tuple(
            NewCounter(number, frozenset(services))
            for number, services in enumerate(self._scenario["counters"].values(), start=1)
        )
        staff = [NewStaff("FLOOR", "大堂", frozenset({Role.LOBBY_MANAGER, Role.SUPERVISOR}), "")]
        staff += [
            NewStaff(f"T{counter.number:02d}x", "柜员", frozenset({Role.TELLER}), "")
            for counter in counters
        ]
        return Plan("SCRATCH", "场景", "Scenario", catalogue, tuple(staff), counters)

    def _actor(self, staff_no: str, station: str) -> Actor:
        staff = account_id(self._branch.store, staff_no)
        assert staff is not None  # founded a moment ago
        return Actor(staff, station)

    def _run(self, command: object, actor: Actor) -> Any:
        return self._branch.run(command, actor).value

    def run(self) -> Replayed:
        events = self._scenario["events"]
        if events:
            self._clock.set(_instant(events[0]["t"]))
        self._run(ChangeSetting("calls_before_no_show", 1), self._floor)
        for name, actor in self._tellers.items():
            self._run(OpenCounter(self._numbers[name]), actor)
        for at, event in enumerate(events):
            self._clock.set(_instant(event["t"]))
            try:
                self._happen(event)
            except BranchError as refusal:
                self._refused.append({"event": at, "code": refusal.code})
                if event["do"] == "call":
                    self._calls.append(None)
        return Replayed(
            id=str(self._scenario["id"]),
            calls=self._calls,
            keys={name: self._key(ticket) for name, ticket in self._tickets.items()},
            refused=self._refused,
        )

    def _key(self, ticket: int) -> str:
        key = find_ticket(self._branch.store, ticket).order_key
        return from_ms(key, _ZONE).strftime("%H:%M:%S")

    def _happen(self, event: dict[str, Any]) -> None:
        counter = self._numbers.get(str(event.get("counter", "")), 0)
        teller = self._tellers.get(str(event.get("counter", "")), self._floor)
        match event["do"]:
            case "issue":
                self._issue(event)
            case "call":
                called = self._run(CallNext(counter), teller)
                self._calls.append(self._names[called.id] if called else None)
            case "recall":
                self._run(Recall(counter), teller)
            case "no_show":
                self._run(NoShow(counter), teller)
            case "return":
                self._run(Return(self._tickets[event["ticket"]]), self._floor)
            case "park":
                self._run(Hold(counter, "fill_form"), teller)
            case "resume":
                self._run(Resume(self._tickets[event["ticket"]]), self._floor)
            case "transfer":
                pin = self._numbers[str(event["pin"])] if event.get("pin") else None
                self._run(Transfer(counter, event.get("service", ""), pin), teller)
            case "finish":
                self._run(Finish(counter), teller)
            case "set_class":
                self._set_class(event)
            case "set_services":
                services = frozenset(event["services"])
                self._run(SetCounterServices(counter, services), self._floor)
            case other:
                raise ValueError(f"do: {other}")

    def _issue(self, event: dict[str, Any]) -> None:
        slot = _instant(event["slot"]) if event.get("slot") else None
        classes = frozenset(event.get("classes", ()))
        issued = self._run(Issue(event["service"], classes, slot=slot), self._floor)
        self._tickets[event["ticket"]] = issued.id
        self._names[issued.id] = event["ticket"]

    def _set_class(self, event: dict[str, Any]) -> None:
        slot = _instant(event["slot"]) if event.get("slot") else None
        classes = frozenset(event.get("classes") or [event["class"]])
        self._run(SetClass(self._tickets[event["ticket"]], classes, slot), self._floor)
