"""Small files of every kind a complaint may have, and of kinds it may not; made here, not kept."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(20) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
# MPEG-1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes, twice.
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 2
MP3_TAGGED = b"ID3\x04\x00" + bytes(60)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(40)
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  " + bytes(40)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)
TXT = "柜员说系统升级，让我改天再来。\r\n".encode()
TXT_GB = "柜员说系统升级，让我改天再来。".encode("gb18030")
TXT_16 = "改天再来".encode("utf-16")
PROGRAM = b"MZ\x90\x00\x03" + bytes(60) + b"This program cannot be run in DOS mode."
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)

_MAIN = "application/vnd.openxmlformats-officedocument."
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def office(content: str, *more: str) -> bytes:
    """An office document of a content type."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="{content}"/></Types>'
        )
        for name in more:
            archive.writestr(name, "x" * 200)
    return made.getvalue()


DOCX = office(_MAIN + "wordprocessingml.document.main+xml", "word/document.xml")
XLSX = office(_MAIN + "spreadsheetml.sheet.main+xml", "xl/workbook.xml")
SLIDES = office(_MAIN + "presentationml.presentation.main+xml")
XLSM = office(_MACROS, "xl/vbaProject.bin")
HIDDEN_MACROS = office(_MAIN + "spreadsheetml.sheet.main+xml", "xl/vbaProject.bin")


def plain_zip() -> bytes:
    """An archive that is no document."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("setup.exe", PROGRAM)
    return made.getvalue()


GOOD = {
    "pdf": PDF,
    "jpeg": JPEG,
    "png": PNG,
    "mp3": MP3,
    "mp4": MP4,
    "docx": DOCX,
    "xlsx": XLSX,
    "txt": TXT,
}
OTHER = {
    "program": PROGRAM,
    "archive": plain_zip(),
    "quicktime": QUICKTIME,
    "heic": HEIC,
    "old word": OLD_WORD,
    "slides": SLIDES,
    "with macros": XLSM,
    "with hidden macros": HIDDEN_MACROS,
    "half a document": DOCX[: len(DOCX) // 2],
    "one frame by chance": b"\xff\xfb\x90\x00" + bytes(413),
    "bytes": bytes(range(256)),
}
