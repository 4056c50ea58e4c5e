"""What the program spends on a PIN: argon2id with the parameters that OWASP asks for."""

from __future__ import annotations

import subprocess
import sys

from argon2 import extract_parameters
from argon2.low_level import Type

ASKS = "from branch.people.commands.pins import hashed; print(hashed('204815'))"


def test_a_pin_is_hashed_as_owasp_asks() -> None:
    # In a process of its own: the other tests hash with next to no work.
    shown = subprocess.run([sys.executable, "-c", ASKS], check=True, capture_output=True, text=True)
    spent = extract_parameters(shown.stdout.strip())
    assert spent.type is Type.ID
    # One of the equal settings of the Password Storage Cheat Sheet: 46 MiB and one pass.
    assert spent.memory_cost >= 46 * 1024
    assert spent.time_cost >= 1
    assert spent.salt_len >= 16
