"""What a file is by its content, and whether it may belong to a complaint; reads and keeps none.

The name says nothing: it can be changed by hand, and a file that is opened under the suffix of
what it really is cannot run as something else.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

from branch.kernel.errors import BadInput
from branch.people.rules import readable

MOST_MB = 20
MOST_BYTES = MOST_MB * 1024 * 1024
LONGEST_NAME = 120
# The suffix under which a file of this kind is opened.
SUFFIXES = {
    "pdf": ".pdf",
    "jpeg": ".jpg",
    "png": ".png",
    "mp3": ".mp3",
    "mp4": ".mp4",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "txt": ".txt",
}

# ISO base media: what says of itself that it is MP4, not QuickTime (qt) or a picture (heic).
_MP4_BRANDS = (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"M4A", b"mmp4", b"dash", b"MSNV", b"3gp")
_OFFICE = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
_TYPES = "[Content_Types].xml"
_MOST_TYPES = 1024 * 1024
# What zipfile says of what is broken, no office document, packed oddly or behind a password.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# ISO 11172-3 and 13818-3, layer III: kbit/s of MPEG-1 and of MPEG-2; Hz by version.
_KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def checked_file(data: bytes) -> str:
    """The kind of a file; raises BadInput (field ``file``) when empty, too large or another."""
    require_size(len(data))
    kind = kind_of(data)
    if not kind:
        raise BadInput("file_kind", field="file")
    return kind


def require_size(size: int) -> None:
    """Raise BadInput for a file of no or of too many bytes."""
    if size == 0:
        raise BadInput("file_empty", field="file")
    if size > MOST_BYTES:
        raise BadInput("file_too_large", field="file", most=MOST_MB)


def checked_file_name(name: str) -> str:
    """The last part of a file's name as it is kept, shortened in its middle where it is long."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    plain = readable(" ".join(last.split()))
    if not plain:
        raise BadInput("field_empty", field="name")
    if len(plain) <= LONGEST_NAME:
        return plain
    return f"{plain[: LONGEST_NAME - 21]}…{plain[-20:]}"


def kind_of(data: bytes) -> str:
    """The kind by content, one of ``SUFFIXES``; an empty text for anything else."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[4:8] == b"ftyp":
        return "mp4" if data[8:12].startswith(_MP4_BRANDS) else ""
    if data.startswith(b"ID3") or _is_layer_three(data):
        return "mp3"
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    return "txt" if _is_text(data) else ""


def _office_kind(data: bytes) -> str:
    """A document without macros; their content type names them apart."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
                return ""
            with archive.open(_TYPES) as file:
                types = file.read(_MOST_TYPES)
    except _BROKEN:
        return ""
    return next((kind for kind, said in _OFFICE.items() if said in types), "")


def _is_layer_three(data: bytes) -> bool:
    """Two frames of layer III, one right after the other: one alone is soon found by chance."""
    first = _frame_length(data[:4])
    return bool(first) and bool(_frame_length(data[first : first + 4]))


def _frame_length(head: bytes) -> int:
    """The length of the frame that begins like this, 0 for none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, speed = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or speed == 3:
        return 0
    kbits = _KBITS[3 if version == 3 else 2][rate]
    samples = 144 if version == 3 else 72
    return samples * kbits * 1000 // _HERTZ[version][speed] + (head[2] >> 1 & 1)


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _UNPRINTED.search(text) is None
    return False
