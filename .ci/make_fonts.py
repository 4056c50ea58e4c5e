"""Builds resources/fonts from the published fonts: which characters go into which file.

Runs by hand only, with the development environment, on a Debian-like machine with npm and apt:

    .venv/bin/python .ci/make_fonts.py          # writes resources/fonts/*.ttf
    .venv/bin/python .ci/make_fonts.py --check  # builds aside, compares byte for byte

What it makes, and why it is cut that way:

* ``NotoSansSC-{Regular,Medium,Bold}.ttf`` and ``NotoSerifSC-{Regular,Bold}.ttf`` hold the *common*
  set: GB 2312, the 8,105 characters of the national table 通用规范汉字表 (its 196 beyond the
  basic plane too), Latin, punctuation, symbols and the full-width forms.
* ``NotoSansSC-Rest.ttf`` (family *Noto Sans SC Rest*) holds every other character of Noto Sans SC
  Regular: traditional forms, Extension A. It is a family of its own on purpose: Qt never looks for
  a missing character in another weight of the same family, and shows nothing at all; it does look
  in the next family it was told of.
* ``TingtangRareMing.ttf`` holds rare characters of names that no Noto file has, cut from HanaMin.

The table and the sources of rare characters come from the Unihan database (kTGH, kIRG_*Source).
"""

from __future__ import annotations

import argparse
import bz2
import filecmp
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
NPM_VERSION = "0.4.3"
SHA256 = {  # of the files the packages bring
    "NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC_500Medium.ttf": "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
    "NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "NotoSerifSC_400Regular.ttf": (
        "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"
    ),
    "NotoSerifSC_700Bold.ttf": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
    "HanaMinA.ttf": "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7",
    "HanaMinB.ttf": "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
}
COMMON = {
    "NotoSansSC-Regular.ttf": "NotoSansSC_400Regular.ttf",
    "NotoSansSC-Medium.ttf": "NotoSansSC_500Medium.ttf",
    "NotoSansSC-Bold.ttf": "NotoSansSC_700Bold.ttf",
    "NotoSerifSC-Regular.ttf": "NotoSerifSC_400Regular.ttf",
    "NotoSerifSC-Bold.ttf": "NotoSerifSC_700Bold.ttf",
}

# Unicode blocks that stand in every common file beside the Chinese characters.
COMMON_BLOCKS = [
    (0x0020, 0x024F),  # Latin with all its accents: foreign names
    (0x02B0, 0x03FF),  # modifier letters, combining marks, Greek
    (0x1E00, 0x1EFF),  # Latin of Vietnamese names
    (0x2000, 0x22FF),  # punctuation, currency, arrows, mathematics
    (0x2460, 0x24FF),  # ① and the like
    (0x2500, 0x26FF),  # lines, shapes, signs
    (0x2700, 0x27BF),  # ticks and crosses
    (0x3000, 0x30FF),  # Chinese punctuation, 〇, kana
    (0xFF00, 0xFFEF),  # full-width forms
]

# Prefixes of Unihan's source columns whose characters occur in names and are read by people today:
# identity-card system (GIDC), names (GRM, GZH), dictionaries of today's language (GXC, GXH, GXHZ),
# typesetting (GBK, GCYY, GFC, GFZ), science (GKJ), Hong Kong and Macau (H, MA-MD), household
# registers of Taiwan (TB-TE) and Japan (J3, J4, JH, JARIB). Dictionaries of the old language are
# left out: a character takes 500 bytes.
RARE_SOURCES = {
    "kIRG_GSource": "G3 GBK GCYY GFC GFZ GIDC GKJ GRM GU GWZ GXC GXH GXHZ GZH",
    "kIRG_HSource": "H HD HU",
    "kIRG_MSource": "MA MC MD",
    "kIRG_TSource": "T3 TB TC TD TE TU",
    "kIRG_JSource": "J3 J3A J4 JARIB JH",
}
RARE_BY_HAND = "𠮷"  # a common variant of 吉 in names, in none of the sources above


def fetch(folder: Path) -> dict[str, Path]:
    """Downloads the source packages into `folder`; returns their files by name.

    Raises SystemExit on a wrong checksum.
    """
    for name in ("noto-sans-sc", "noto-serif-sc"):
        run(["npm", "pack", "--silent", f"@expo-google-fonts/{name}@{NPM_VERSION}"], folder)
    run(["apt-get", "download", "fonts-hanazono", "unicode-data"], folder)
    for archive in sorted(folder.glob("*.tgz")):
        target = folder / archive.stem
        target.mkdir()
        run(["tar", "-xzf", str(archive), "-C", str(target)], folder)
    for archive in sorted(folder.glob("*.deb")):
        run(["dpkg-deb", "-x", str(archive), str(folder)], folder)
    files = {path.name: path for path in folder.rglob("*") if path.is_file()}
    for name, expected in SHA256.items():
        found = hashlib.sha256(files[name].read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{name}: checksum {found}, expected {expected}")
    return files


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def unihan(path: Path, fields: Iterable[str]) -> dict[str, dict[int, str]]:
    """Reads the given columns of one Unihan file: field -> code point -> value."""
    wanted = set(fields)
    found: dict[str, dict[int, str]] = {field: {} for field in wanted}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                if field in wanted:
                    found[field][int(code[2:], 16)] = value
    return found


def gb2312() -> set[int]:
    """All code points of GB 2312, from Python's own codec."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.update(map(ord, bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # an empty cell of the table
    return found


def common_characters(files: dict[str, Path]) -> set[int]:
    table = unihan(files["Unihan_OtherMappings.txt.bz2"], ["kTGH"])["kTGH"]
    if len(table) != 8105:
        raise SystemExit(f"the national table has 8,105 characters, Unihan gives {len(table)}")
    blocks = {code for first, last in COMMON_BLOCKS for code in range(first, last + 1)}
    return blocks | gb2312() | set(table)


def rare_characters(files: dict[str, Path]) -> set[int]:
    columns = unihan(files["Unihan_IRGSources.txt.bz2"], RARE_SOURCES)
    found = set(map(ord, RARE_BY_HAND))
    for column, prefixes in RARE_SOURCES.items():
        wanted = set(prefixes.split())
        found |= {c for c, value in columns[column].items() if value.split("-")[0] in wanted}
    return found


def subset(source: Path, characters: set[int], target: Path) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT", "FFTM", "prop"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters & set(font.getBestCmap()))
    cutter.subset(font)
    font.save(target)


def rename(path: Path, family: str, licence: str | None = None) -> None:
    font = TTFont(path, recalcTimestamp=False)
    names = font["name"]
    names.names = [each for each in names.names if (each.platformID, each.langID) == (3, 0x409)]
    for key, text in {
        1: family,
        2: "Regular",
        3: family.replace(" ", ""),
        4: family,
        6: family.replace(" ", ""),
        **({13: licence} if licence else {}),
    }.items():
        names.setName(text, key, 3, 1, 0x409)
    for key in (16, 17, 18, 21, 22):
        names.removeNames(nameID=key)
    font.save(path)


def build_rare(files: dict[str, Path], characters: set[int], target: Path, work: Path) -> None:
    """Cuts and joins both halves of HanaMin; Noto's line height lets a rare name move no line."""
    covered: set[int] = set()
    parts = []
    for name in ("HanaMinA.ttf", "HanaMinB.ttf"):
        has = set(TTFont(files[name]).getBestCmap())
        part = work / name.replace("HanaMin", "part")
        subset(files[name], (characters & has) - covered, part)
        covered |= characters & has
        parts.append(str(part))
    font = Merger().merge(parts)
    noto = TTFont(files["NotoSansSC_400Regular.ttf"])
    # Joining stamps the present hour; a build must repeat byte for byte.
    head = TTFont(files["HanaMinA.ttf"])["head"]
    font["head"].created, font["head"].modified = head.created, head.modified
    font.recalcTimestamp = False
    scale = font["head"].unitsPerEm / noto["head"].unitsPerEm
    for table, fields in {
        "hhea": ("ascent", "descent", "lineGap"),
        "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
    }.items():
        for field in fields:
            setattr(font[table], field, int(getattr(noto[table], field) * scale))
    font["OS/2"].usWeightClass = 400
    font.save(target)
    # "HanaMin" is a reserved font name: a changed version carries another.
    licence = "Cut from HanaMin. SIL Open Font License 1.1 or Hanazono Font License."
    rename(target, "Tingtang Rare Ming", licence)


def build(target: Path, work: Path) -> None:
    files = fetch(work)
    regular = files["NotoSansSC_400Regular.ttf"]
    common = common_characters(files)
    in_regular = set(TTFont(regular).getBestCmap())
    for name, source in COMMON.items():
        subset(files[source], common, target / name)
    subset(regular, (in_regular - common) | {0x20}, target / "NotoSansSC-Rest.ttf")
    rename(target / "NotoSansSC-Rest.ttf", "Noto Sans SC Rest")
    rare = (rare_characters(files) - in_regular) | {0x20}
    build_rare(files, rare, target / "TingtangRareMing.ttf", work)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as work, tempfile.TemporaryDirectory() as aside:
        target = Path(aside) if check else FONTS
        build(target, Path(work))
        differing = 0
        for path in sorted(target.glob("*.ttf")):
            same = filecmp.cmp(path, FONTS / path.name, shallow=False)
            differing += not same
            count = len(TTFont(path).getBestCmap())
            note = "" if same else "  differs"
            size = path.stat().st_size / 1e6
            print(f"{path.name:26} {size:5.1f} MB  {count:6,} characters{note}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
