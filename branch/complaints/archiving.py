"""What has to be there before a file is put away, and what of it is; writes nothing.

complaints.md 4a row 20: the forms are complete; Order 3 Art. 9: what was wrong is mended first. An
acceptance notice or a slip that was never made is not made afterwards: it would tell of a time
that is over.
"""

from __future__ import annotations

from typing import Final

from branch.complaints.alike import children_of, primary_of, state_of
from branch.complaints.case import Case
from branch.complaints.papers.grounds import AGENT
from branch.complaints.queries.actions import SOURCES
from branch.complaints.queries.parts import files_of, reviews_of, visits_of
from branch.complaints.records import ComplaintRow
from branch.complaints.rules import STEPS, State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.papers.queries import parts_issued
from branch.quality.queries import actions_of

# Where the withdrawal was spoken (complaints.md 4a row 19: signed or recorded).
_RECORDINGS: Final = frozenset({"mp3", "mp4"})
# A withdrawn one takes nobody else's complaint with it; one that was erased is long over.
_OVER: Final = frozenset({"", State.NOT_ACCEPTED, State.REFERRED, State.CLOSED, State.ARCHIVED})
_WAYS = Prepared(
    lambda complaint: ComplaintRow.select(
        ComplaintRow.phone, ComplaintRow.address, ComplaintRow.email, ComplaintRow.agent_phone
    ).where(ComplaintRow.id == complaint)
)


def archive_checks(store: Store, case: Case) -> dict[str, bool]:
    """What the complaint needs before it is archived, in the order it is said, and whether it is
    there: report (TS-04), visit (TS-07), review (TS-09), refusal (TS-02B) and refusal_agent (the
    same to the agent), withdrawal (TS-10), children (asked, each for himself), primary (that it
    was merged into, over), raised and action. Empty for what is no complaint, or has not ended."""
    if case.kind != "complaint" or case.state not in STEPS["Archive"].froms:
        return {}
    found = {}
    if case.state == State.CLOSED:
        found = _closed(store, case)
    elif case.state == State.MERGED:
        assert case.merged_into is not None  # a merged complaint names the other
        primary = primary_of(store, case.merged_into)
        found["primary"] = state_of(store, primary) in _OVER
    elif case.anonymous:
        pass  # nobody to write to, nobody who signs
    elif case.state in (State.NOT_ACCEPTED, State.REFERRED):
        found = _refused(store, case)
    elif case.state == State.WITHDRAWN:
        found["withdrawal"] = bool(_issued(store, case, "TS-10")) or any(
            file.kind in _RECORDINGS for file in files_of(store, case.id)
        )
    if _unmended(store, case):
        found["raised"] = False
    if case.state == State.WITHDRAWN and children_of(store, case.id):
        found["children"] = False
    actions = [one for source in SOURCES for one in actions_of(store, source, case.id)]
    if actions:
        found["action"] = all(one.state == "closed" for one in actions)
    return found


def _closed(store: Store, case: Case) -> dict[str, bool]:
    found = {}
    if case.outcome != "on_the_spot":
        found["report"] = f"round:{case.round}" in _issued(store, case, "TS-04")
    if case.anonymous:
        return found
    visits = [visit for visit in visits_of(store, case.id) if visit.round == case.round]
    if visits:
        # The last one's record counts the tries before it.
        found["visit"] = f"visit:{visits[-1].id}" in _issued(store, case, "TS-07")
    decided = {f"review:{one.id}" for one in reviews_of(store, case.id) if one.decision}
    if decided:
        found["review"] = decided <= _issued(store, case, "TS-09")
    return found


def _refused(store: Store, case: Case) -> dict[str, bool]:
    """The notice to whoever can be written to. The agent is, too, by what was left of either."""
    row = _WAYS.one(store, complaint=case.id)
    assert row is not None  # the case is there
    *his, agents = row
    issued = _issued(store, case, "TS-02B")
    found = {"refusal": "" in issued} if any(his) else {}
    if case.tells_agent and (agents or any(his)):
        found["refusal_agent"] = AGENT in issued
    return found


def _unmended(store: Store, case: Case) -> bool:
    """Whether it was justified and nobody noted a corrective action, which a re-review that closes
    it does not ask for. What was promised to the customer mends no cause."""
    justified = case.state == State.CLOSED and case.finding in ("true", "partly_true")
    return justified and not actions_of(store, "complaint", case.id)


def _issued(store: Store, case: Case, form: str) -> frozenset[str]:
    return parts_issued(store, form, f"complaint:{case.id}")
