"""Makes resources/sounds/chime.wav, the two tones before a look at the board; runs by hand only.

    .venv/bin/python .ci/make_chime.py

Two bell-like tones, a major third down (E5, C5), each a few harmonics that fade; no recording and
nobody else's work is in it. 22,050 Hz, one channel, 16 bit.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "sounds" / "chime.wav"
RATE = 22_050
# Begin (s), pitch (Hz); share of each harmonic and how fast it fades (1/s).
TONES = ((0.0, 659.26), (0.42, 523.25))
HARMONICS = ((1, 1.0, 3.6), (2, 0.32, 6.0), (3, 0.12, 9.0))
LENGTH_S = 1.7
ATTACK_S = 0.008
PEAK = 0.62


def sample(at: float) -> float:
    """The sound at a time in seconds, before levelling."""
    total = 0.0
    for begin, pitch in TONES:
        age = at - begin
        if age < 0:
            continue
        rise = min(1.0, age / ATTACK_S)
        for harmonic, share, fade in HARMONICS:
            total += (
                rise
                * share
                * math.exp(-fade * age)
                * math.sin(2 * math.pi * pitch * harmonic * age)
            )
    # The last tenth of a second goes to silence, so that nothing clicks.
    return total * min(1.0, (LENGTH_S - at) / 0.1)


def main() -> None:
    """Write the file."""
    sound = [sample(number / RATE) for number in range(round(LENGTH_S * RATE))]
    loudest = max(abs(value) for value in sound)
    frames = b"".join(struct.pack("<h", round(value / loudest * PEAK * 32_767)) for value in sound)
    TARGET.parent.mkdir(exist_ok=True)
    with wave.open(str(TARGET), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)


if __name__ == "__main__":
    main()
