"""How a PIN is hashed and held against its hash; it keeps neither and knows no account."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# OWASP's parameters for argon2id where 46 MiB can be spared: about 30 to 60 ms a try.
_HASHER = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)


def hashed(pin: str) -> str:
    """What is kept of a PIN."""
    return _HASHER.hash(pin)


def matches(pin_hash: str, pin: str) -> bool:
    """Whether this is the PIN; never of an account without one."""
    if not pin_hash:
        return False
    try:
        return _HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False
