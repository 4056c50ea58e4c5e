"""The branch's digital seal: kept for every station, sealed like the branch's files; it signs
nothing and does not know what a certificate is."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field

from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.setting import keep_value, kept_value
from branch.kernel.store import Store
from branch.kernel.vault import box_of

MOST_KB = 64
LONGEST_PASSWORD = 128
_SETTING = "digital_seal"
_BOUND = _SETTING.encode()
# A PKCS#12 file is a DER sequence (RFC 7292).
_SEQUENCE = b"\x30"


@dataclass(frozen=True)
class Seal:
    """A PKCS#12 file and its password."""

    certificate: bytes = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class KeepSeal:
    """Seal the branch's papers with this certificate (PKCS#12) from now on."""

    certificate: bytes = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class DropSeal:
    """Issue papers without a digital seal from now on."""


def seal_of(store: Store) -> Seal | None:
    """The branch's seal, None without one. Not within a transaction. Raises RuleBroken where it
    is there and does not open."""
    kept = kept_value(store, _SETTING)
    if not kept or json.loads(kept) == "":
        return None
    opened = box_of(store).open(base64.b64decode(json.loads(kept)), _BOUND)
    if opened is None:
        raise RuleBroken("seal_damaged")
    said = json.loads(opened)
    return Seal(base64.b64decode(said["certificate"]), said["password"])


def prepare_seal(store: Store, command: KeepSeal, actor: Actor) -> str:
    """The seal as the store keeps it; raises BadInput for what is no certificate file."""
    if not command.certificate.startswith(_SEQUENCE):
        raise BadInput("seal_unreadable", field="certificate")
    if len(command.certificate) > MOST_KB * 1024:
        raise BadInput("seal_too_large", field="certificate", most=MOST_KB)
    if len(command.password) > LONGEST_PASSWORD:
        raise BadInput("field_too_long", field="password", longest=LONGEST_PASSWORD, length=0)
    said = {
        "certificate": base64.b64encode(command.certificate).decode(),
        "password": command.password,
    }
    sealed = box_of(store).seal(json.dumps(said).encode(), _BOUND)
    return base64.b64encode(sealed).decode()


def keep_seal(work: Work, _command: KeepSeal) -> None:
    """Take the place of the seal before."""
    sealed = work.prepared
    assert isinstance(sealed, str)  # prepare_seal made it
    keep_value(work.store, _SETTING, json.dumps(sealed))
    work.record("seal.kept", "branch")


def drop_seal(work: Work, _command: DropSeal) -> None:
    """Forget it; raises NotFound where there is none. What was sealed with it stays sealed."""
    kept = kept_value(work.store, _SETTING)
    if not kept or json.loads(kept) == "":
        raise NotFound("seal_none")
    keep_value(work.store, _SETTING, json.dumps(""))
    work.record("seal.dropped", "branch")


HANDLERS: dict[type, Handler] = {
    KeepSeal: Handler(keep_seal, prepare_seal),
    DropSeal: Handler(drop_seal),
}
