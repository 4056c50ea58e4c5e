"""What the command line does with the branch's key: status, sheet, switch, rotation, recovery.

It says things in the words of the ``cli`` catalogue; asking and printing are its caller's.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from branch.bootstrap import KeyStatus
from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.errors import StoreLocked
from branch.kernel.key_ring import KeyRing
from branch.kernel.opening import enter_recovery_key
from branch.kernel.phrases import phrases
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.tools.command_line import founded_branch, signed_in


def status(settings: Settings, language: str) -> str:
    """How the store is protected, line by line; a locked store has its status too."""
    words = phrases("cli")
    try:
        with founded_branch(settings) as branch:
            found, zone = branch.key_status(), ZoneInfo(branch_name(branch.store).zone)
    except StoreLocked as locked:
        return phrases("errors").say(locked.code, language, **locked.values)
    lines = [words.say(_file_line(found), language)]
    since = "–"
    if found.since is not None:
        since = f"{datetime.fromtimestamp(found.since / MS_PER_SECOND, tz=zone):%Y-%m-%d}"
    lines.append(words.say("key_line", language, fingerprint=found.fingerprint, since=since))
    lines.append(words.say(f"key_kept_{found.kept or 'nowhere'}", language))
    return "\n".join(lines)


def recovery_sheet(settings: Settings, language: str) -> str:
    """The recovery key with its fingerprint."""
    with founded_branch(settings) as branch:
        fingerprint = branch.key_status().fingerprint
        key = branch.recovery_key()
    return phrases("cli").say("key_sheet", language, fingerprint=fingerprint, key=key)


def change(settings: Settings, language: str, what: str, staff_no: str, pin: str) -> str:
    """``encrypt``, ``decrypt`` or ``rotate`` in the name of somebody who may; returns the news.

    Raises BadInput for a wrong staff number or PIN, and what the change itself is refused with.
    """
    words = phrases("cli")
    with founded_branch(settings) as branch:
        with signed_in(branch, staff_no, pin) as (actor, _answer):
            if what == "rotate":
                branch.rotate_key(actor)
            else:
                branch.set_encryption(what == "encrypt", actor)
        fingerprint = branch.key_status().fingerprint
    return words.say(f"key_done_{what}", language, fingerprint=fingerprint)


def recover(settings: Settings, language: str, text: str) -> str:
    """Keep the recovery key of a store that is locked here; raises BadInput for another key."""
    words = phrases("cli")
    try:
        with founded_branch(settings):
            return words.say("key_here", language)
    except StoreLocked as locked:
        enter_recovery_key(KeyRing(settings.config), text, str(locked.values["wanted"]))
    with founded_branch(settings):
        return words.say("key_recovered", language)


def _file_line(found: KeyStatus) -> str:
    if found.on_server:
        return "key_on_server"
    return "key_file_encrypted" if found.encrypted else "key_file_plain"
