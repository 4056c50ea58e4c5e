"""The life of a complaint as one table, and what each step asks for; pure.

Screens, permissions, documentation (``STEPS.md`` beside it) and tests are drawn from ``STEPS``.
Sources: 银行业保险业消费投诉处理管理办法 (CBIRC Order 2020 No. 3, "Order 3"), PBC Order 2020 No. 5,
handbooks 001 and 004.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from branch.people.rules import PERSON_ROLES, Role


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    REFERRED = "referred"
    ASSIGNED = "assigned"
    INVESTIGATING = "investigating"
    DRAFTED = "drafted"
    DECIDED = "decided"
    REPLIED = "replied"
    CLOSED = "closed"
    RE_REVIEW = "re_review"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ARCHIVED = "archived"


class Who(StrEnum):
    """Who may take a step; accounts for them in ``ROLES_OF``."""

    FIRST = "first"  # 首问责任人: any member of staff
    REG = "reg"  # 登记岗: contact A or B
    HAND = "hand"  # 经办人: the handler of this case
    HEAD = "head"  # 网点负责人
    UP = "up"  # 上级行消保岗


_ALL = frozenset(role for role in PERSON_ROLES if role not in (Role.AUDITOR, Role.ADMINISTRATOR))
ROLES_OF: dict[Who, frozenset[Role]] = {
    Who.FIRST: _ALL,
    Who.REG: frozenset({Role.COMPLAINT_OFFICER}),
    # The head when he investigates himself; nobody assigns a case to him.
    Who.HAND: frozenset(
        {Role.COMPLAINT_OFFICER, Role.ADVISER, Role.SUPERVISOR, Role.BRANCH_MANAGER}
    ),
    Who.HEAD: frozenset({Role.BRANCH_MANAGER}),
    Who.UP: frozenset({Role.SUPERIOR}),
}

ASSIGNED_TO = ROLES_OF[Who.HAND] - ROLES_OF[Who.HEAD]

# To whom a part falls in a case that all of those before are kept from (complaints.md 4a).
_LINE = (Who.REG, Who.HEAD, Who.UP)
_FALLS_TO_NOBODY = frozenset({"Investigate", "ProposeRefusal", "ProposeMerge"})

S = State
# What still runs: a due day counts, reminders are sent.
OPEN = frozenset(
    {S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING, S.DRAFTED, S.DECIDED, S.RE_REVIEW}
)
BEFORE_DECISION = frozenset({S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING, S.DRAFTED})


@dataclass(frozen=True)
class Step:
    """One step of the table: its command's name, from where, to where, who, by which text.

    ``to`` None keeps the state. ``own`` says that of the handlers only the one of the case may.
    """

    code: str
    froms: frozenset[State]
    to: State | None
    who: frozenset[Who]
    source: str


def _step(code: str, froms: Collection[State], to: State | None, who: str, source: str) -> Step:
    return Step(code, frozenset(froms), to, frozenset(Who(one) for one in who.split()), source)


_STEPS = (
    _step("Register", (), S.RECEIVED, "first", "首问负责; Order 3 Art. 13"),
    _step("Accept", (S.RECEIVED,), S.ACCEPTED, "reg", "Order 3 Art. 13; GB/T 19012 7.2"),
    _step("ProposeRefusal", (S.RECEIVED,), None, "reg", "Order 3 Art. 10, 11"),
    _step("Refuse", (S.RECEIVED, S.ACCEPTED), S.NOT_ACCEPTED, "head", "Order 3 Art. 18(4)"),
    _step("Refer", (S.RECEIVED, S.ACCEPTED), S.REFERRED, "head", "handbook 000; Order 3 Art. 10"),
    _step(
        "ProposeMerge",
        (S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING),
        None,
        "reg head",
        "Order 3 Art. 18(3)",
    ),
    _step(
        "Merge",
        (S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING),
        S.MERGED,
        "head",
        "Order 3 Art. 18(3)",
    ),
    # What was proposed and is not to be done; who proposed it goes on.
    _step(
        "DeclineProposal",
        (S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING),
        None,
        "head",
        "house rule",
    ),
    _step("UndoMerge", (S.MERGED,), None, "head", "house rule"),
    # Also to another, when the handler has left, or has an interest that nobody knew of.
    _step(
        "Assign",
        (S.ACCEPTED, S.ASSIGNED, S.INVESTIGATING),
        S.ASSIGNED,
        "reg head",
        "Order 3 Art. 17; handbook 000",
    ),
    _step("HandBack", (S.ASSIGNED,), S.ACCEPTED, "hand", "house rule"),
    _step("TakeOver", (S.ASSIGNED,), S.INVESTIGATING, "hand", "handbook 004"),
    _step("Investigate", (S.ACCEPTED,), S.INVESTIGATING, "head", "handbook 004"),
    _step("SolveOnTheSpot", (S.ACCEPTED,), S.DECIDED, "head", "house rule, so many working days"),
    _step("Report", (S.INVESTIGATING,), S.DRAFTED, "hand", "handbook 004; Order 3 Art. 17"),
    _step("SendBack", (S.DRAFTED,), S.INVESTIGATING, "head up", "house rule"),
    _step("Decide", (S.DRAFTED,), S.DECIDED, "head up", "Order 3 Art. 18(1)"),
    _step("Reply", (S.DECIDED,), S.REPLIED, "reg hand", "Order 3 Art. 19, 21; handbook 001 §6.3.2"),
    _step("Close", (S.REPLIED,), S.CLOSED, "reg", "handbook 004; Order 3 Art. 9"),
    _step("Reopen", (S.REPLIED, S.CLOSED), S.INVESTIGATING, "head", "Order 3 Art. 18(3)"),
    _step("StartReReview", (S.REPLIED, S.CLOSED, S.ARCHIVED), S.RE_REVIEW, "up", "Order 3 Art. 20"),
    _step("UpholdDecision", (S.RE_REVIEW,), S.CLOSED, "up", "Order 3 Art. 20"),
    _step("OrderRedo", (S.RE_REVIEW,), S.INVESTIGATING, "up", "Order 3 Art. 20"),
    _step("Withdraw", BEFORE_DECISION, S.WITHDRAWN, "reg", "Order 3 Art. 15"),
    _step(
        "Archive",
        (S.CLOSED, S.NOT_ACCEPTED, S.REFERRED, S.WITHDRAWN, S.MERGED),
        S.ARCHIVED,
        "reg",
        "Order 3 Art. 26; PBC Order 5 Art. 44",
    ),
    _step("Unarchive", (S.ARCHIVED,), S.INVESTIGATING, "up", "house rule"),
)
STEPS: dict[str, Step] = {step.code: step for step in _STEPS}
# What was handed back: who gives it to whom is the head's to say now (complaints.md 4a, 7).
GIVEN_ANEW = _step("Assign", (S.ACCEPTED,), S.ASSIGNED, "head", "house rule")
# Of the steps, what is no complaint takes these: it is answered and closed by a command of its own,
# and kept and erased like a complaint.
OF_OTHERS = frozenset({"Archive"})
# Whoever takes one of these has not waited for what was proposed, or has decided on it.
SETTLING = frozenset(
    {
        "Accept",
        "Refuse",
        "Refer",
        "Merge",
        "DeclineProposal",
        "Assign",
        "Investigate",
        "SolveOnTheSpot",
        "Report",
        "Withdraw",
    }
)
# Where another complaint may still be merged into one: not replied to yet, and not over.
TAKES_IN = OPEN - {S.RE_REVIEW}
# A merge into one of these stands. Whoever withdraws does so for himself: what was merged into his
# complaint may go on (complaints.md 4b).
SETTLED = frozenset({S.REPLIED, S.CLOSED, S.ARCHIVED, S.RE_REVIEW})
# What the journal calls the beginning of another round.
ROUNDS = frozenset({"reopened", "redo_ordered", "unarchived"})


def vacant(
    people: Iterable[tuple[int, Collection[str]]], touched: Collection[int]
) -> frozenset[Who]:
    """The parts in a case of which everybody is ``touched`` by it; ``people`` are the active
    members of staff with their roles."""
    free = frozenset(role for staff, roles in people if staff not in touched for role in roles)
    return frozenset(who for who in _LINE if not ROLES_OF[who] & free)


def may_take(
    step: Step, roles: Collection[str], is_handler: bool, vacant: Collection[Who] = ()
) -> bool:
    """Whether the step is the part of somebody with these roles, or falls to him because
    everybody whose part it is has an interest in the case."""
    own = frozenset(roles)
    for who in step.who:
        for one in line_of(step, who):
            if ROLES_OF[one] & own and (one is not Who.HAND or is_handler):
                return True
            if one not in vacant:
                break
    return False


def row_for(step: Step, state: str, handed_back: bool) -> Step:
    """The step as it stands in a case: whose part it is may hang on what has happened."""
    anew = handed_back and step.code == GIVEN_ANEW.code and state in GIVEN_ANEW.froms
    return GIVEN_ANEW if anew else step


def steps_for(
    state: str,
    roles: Collection[str],
    is_handler: bool,
    kind: str = "complaint",
    vacant: Collection[Who] = (),
    *,
    handed_back: bool = False,
) -> tuple[str, ...]:
    """The steps that somebody with these roles may take now, in the table's order."""
    return tuple(
        step.code
        for step in _STEPS
        if state in step.froms
        and (kind == "complaint" or step.code in OF_OTHERS)
        and may_take(row_for(step, state, handed_back), roles, is_handler, vacant)
    )


def permission_of(step: str) -> frozenset[Role]:
    """The roles a step's command is open to, before the case's own part is asked."""
    rule = STEPS[step]
    return frozenset().union(*(ROLES_OF[one] for who in rule.who for one in line_of(rule, who)))


def line_of(step: Step, who: Who) -> tuple[Who, ...]:
    """Whose part it is, and to whom it falls after him. What the branch investigates itself is
    nothing for the superior body, which decides on it; and who decides need not propose."""
    if who not in _LINE or step.code in _FALLS_TO_NOBODY:
        return (who,)
    return _LINE[_LINE.index(who) :]


def tries_in_vain(facts: Iterable[tuple[str, object]]) -> int:
    """How often somebody tried and did not reach the complainant, in the round that runs.

    ``facts`` are what the journal says of the case and whether he was reached, the oldest first.
    """
    tries = 0
    for what, reached in facts:
        if what in ROUNDS:
            tries = 0
        elif what == "contact_recorded":
            tries += reached is False
    return tries
