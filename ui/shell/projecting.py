"""The child process that projects waits: questions in, answers out; no Qt, no store, no window.

A projection is tens of milliseconds of plain Python. On a thread of the program it would hold the
interpreter's lock against the GUI thread for most of that time; in another process it cannot.

``python -m ui.shell.projecting`` reads questions from its standard input and writes answers to its
standard output until the input ends, as it does when the program that started it is gone, however
that ended. Both ways a message is its length in eight bytes and then a pickle.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from typing import BinaryIO

from branch.lobby.waits.projection import Projection, Question, project

_LENGTH = struct.Struct("<Q")


def framed(message: Question | Projection) -> bytes:
    """A message with its length before it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def take_answer(received: bytearray) -> Projection | None:
    """The first whole answer, taken out of what was received; None while it is not all there."""
    if len(received) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(received)
    end = _LENGTH.size + length
    if len(received) < end:
        return None
    answer = pickle.loads(received[_LENGTH.size : end])
    del received[:end]
    assert isinstance(answer, Projection)
    return answer


def answer_questions(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer one question after another until there are no more."""
    while len(head := questions.read(_LENGTH.size)) == _LENGTH.size:
        question = pickle.loads(questions.read(*_LENGTH.unpack(head)))
        answers.write(framed(project(question)))
        answers.flush()


def _main() -> None:
    if sys.platform != "win32":
        # Whoever stands at a screen comes first.
        os.nice(5)
    answer_questions(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    _main()
