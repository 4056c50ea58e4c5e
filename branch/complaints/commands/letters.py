"""The letter that a reply is, and proofs that one was delivered; writes no row."""

from __future__ import annotations

from branch.complaints.case import Case
from branch.complaints.files import checked_file
from branch.kernel.errors import RuleBroken
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.kernel.vault import vault_of
from branch.papers.issuing import issued, newest_issued

# The decision reaches him as a letter.
_IN_WRITING = frozenset({"in_person", "post", "message", "refused"})


def kept_proof(store: Store, data: bytes) -> str:
    """The digest under which a proof was put into the vault, empty for none. The same files may
    be a proof that may belong to a case; raises BadInput (field ``file``) for another."""
    if not data:
        return ""
    checked_file(data)
    return vault_of(store).put(data)


def letter_for(work: Work, case: Case, mode: str, at: int) -> int | None:
    """The letter (TS-06) of this round whose delivery a reply at ``at`` (milliseconds) is; None
    for an internal note, and for a call before it was written or without one.

    Raises RuleBroken when a reply in writing has no letter.
    """
    paper = newest_issued(work.store, "TS-06", f"complaint:{case.id}", f"round:{case.round}")
    if mode in _IN_WRITING:
        if paper is None:
            raise RuleBroken("reply_letter_missing")
        return paper
    if paper is None or mode == "internal" or at < issued(work.store, paper).issued_at:
        return None
    return paper
