"""Makes the fonts of src/gongkai/documents/fonts anew: `python tools/fonts/make_fonts.py [SOURCE [TARGET]]`.

SOURCE is a folder with NotoSerifCJK-Regular.ttc and NotoSansCJK-Regular.ttc (Debian: fonts-noto-cjk). The
simplified Chinese face is taken out of each, cut down to the characters that reports are written with, and
given a name of its own, as a changed font must have. Needs fontTools.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parents[2] / "src" / "gongkai" / "documents" / "fonts"
# file of the source -> family, name for PostScript and file
FACES = {
    "NotoSerifCJK-Regular.ttc": ("Gongkai Serif SC", "GongkaiSerifSC-Regular"),
    "NotoSansCJK-Regular.ttc": ("Gongkai Sans SC", "GongkaiSansSC-Regular"),
}
# What a report may hold: letters, signs, numbers in circles, kana; every ideograph of Unicode's first block
# (with those of GBK); beyond the first plane, where GB 18030 level 2 has characters of names, all it has.
# Extension A would add two megabytes to each file: the sans alone has it, and stands in.
EVERYWHERE = (
    *(range(0x20, 0x1100), range(0x1E00, 0x2E80), range(0x2E80, 0x3400), range(0x4E00, 0xA000)),
    *(range(0xF900, 0xFB00), range(0xFE10, 0xFE70), range(0xFF00, 0x10000), range(0x1F100, 0x1F300)),
    range(0x20000, 0x32000),
)
SANS_ALONE = (range(0x3400, 0x4DC0),)
# By name id: who made it, under which licence; the rest of the table would still call it Noto.
KEPT_NAMES = (0, 9, 11, 12, 13, 14)


def simplified_chinese_face(collection: Path) -> int:
    """The number of the face `… SC` in a collection."""
    for number, font in enumerate(TTCollection(collection, lazy=True).fonts):
        if font["name"].getDebugName(1).endswith(" SC"):
            return number
    raise SystemExit(f"no simplified Chinese face in {collection}")


def cut_down(collection: Path, wanted: Iterable[int]) -> TTFont:
    """The face with the wanted characters alone, without features that only vertical text needs."""
    options = subset.Options(layout_features=["ccmp", "kern"], hinting=False, notdef_outline=True)
    options.font_number = simplified_chinese_face(collection)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    font = subset.load_font(collection, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(wanted) & set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str, postscript: str) -> None:
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    version = f"{font['head'].fontRevision:.3f}"
    unique = f"{version};{postscript}"
    for name_id, text in ((1, family), (2, "Regular"), (3, unique), (4, family), (6, postscript)):
        names.setName(text, name_id, 3, 1, 0x409)
    names.setName(f"Version {version}", 5, 3, 1, 0x409)
    names.setName("Changed: one face, fewer characters, without vertical writing.", 10, 3, 1, 0x409)
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    top = compact[0]
    top.FullName, top.FamilyName = family, family
    for descriptor in getattr(top, "FDArray", ()):
        descriptor.FontName = descriptor.FontName.replace("Noto", "Gongkai").replace("CJK", "")


def runs(characters: Iterable[int]) -> Iterator[str]:
    """`4E00-9FFF`, one line a run of characters that follow each other."""
    counter = count()
    for _, run in groupby(sorted(characters), key=lambda code: code - next(counter)):
        codes = list(run)
        yield f"{codes[0]:04X}" if len(codes) == 1 else f"{codes[0]:04X}-{codes[-1]:04X}"


def main(source: Path, target: Path) -> None:
    known: set[int] = set()
    for file, (family, postscript) in FACES.items():
        ranges = EVERYWHERE + (SANS_ALONE if "Sans" in family else ())
        font = cut_down(source / file, (code for run in ranges for code in run))
        rename(font, family, postscript)
        path = target / f"{postscript}.otf"
        font.save(path)
        known |= set(font.getBestCmap())
        print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size / 1e6:.1f} MB")
    head = "# The characters that one of the fonts has; made by tools/fonts/make_fonts.py\n"
    (target / "characters.txt").write_text(head + "\n".join(runs(known)) + "\n", "utf-8")


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:]]
    main(folders[0] if folders else SOURCE, folders[1] if len(folders) > 1 else TARGET)
