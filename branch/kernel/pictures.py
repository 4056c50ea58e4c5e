"""What a picture is by its content, and whether it may be kept; reads and keeps none."""

from __future__ import annotations

from branch.kernel.errors import BadInput

MOST_MB = 5
MOST_BYTES = MOST_MB * 1024 * 1024
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


def checked_picture(data: bytes) -> str:
    """The kind of a picture, ``jpeg`` or ``png``.

    Raises BadInput (field ``photo``) when it is empty, larger than five megabytes, or of another
    kind: the name of a file can be changed by hand, its first bytes say what it is.
    """
    if not data:
        raise BadInput("file_empty", field="photo")
    if len(data) > MOST_BYTES:
        raise BadInput("file_too_large", field="photo", most=MOST_MB)
    if data.startswith(_JPEG):
        return "jpeg"
    if data.startswith(_PNG):
        return "png"
    raise BadInput("picture_kind", field="photo")
