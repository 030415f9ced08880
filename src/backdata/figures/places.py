"""Where each structure lies on the schematic body: one table that anatomists can read, and what to do with a new structure.

A place is a point, or a line of points from the end that upper fibres reach to the end that lower ones reach. ``part`` picks a
stretch of a line ("medial third"), or another spot.
"""

from __future__ import annotations

import re
from functools import cache

from backdata.anatomy.levels import LevelError, parse
from backdata.figures.lines import Place, cut, rounded
from backdata.figures.spine import SPINE, Point, on_rib, row
from backdata.model import Row

_BY_LEVEL = {  # structure, or else its kind → the spot on every vertebra or rib
    "spinous-process": "spine", "spinous process": "spine", "atlas-posterior-tubercle": "spine",
    "transverse-process": "tip", "transverse process": "tip", "costal-process": "tip",
    "posterior-tubercle": "posterior tubercle", "anterior-tubercle": "anterior tubercle",
    "mammillary-process": "mammillary", "accessory-process": "accessory",
    "articular-process": "pillar", "articular process": "pillar", "lateral-mass": "lateral mass",
    "lamina": "lamina", "rib": "rib", "rib-angle": "angle",
    "median-sacral-crest": "spine", "lateral-sacral-crest": "tip", "sacrum": "pillar",
}  # fmt: skip
SEEN_THROUGH = frozenset(  # what lies on the other side of its bone
    ("occipital-basilar-part", "jugular-process", "anterior-tubercle", "lateral-mass", "intertubercular-groove",
     "lesser-tubercle-crest", "ilium-sacropelvic-surface")
)  # fmt: skip
TWISTED = frozenset(  # reached by a tendon that turns half around: the uppermost fibres lowest, the steepest ones highest
    ("intertubercular-groove", "lesser-tubercle-crest")
)  # fmt: skip
_LINES: dict[str, tuple[str, Place]] = {  # structure → the names of both ends, and its points between them
    "external-occipital-protuberance": ("", ((0, 71),)),
    "superior-nuchal-line": ("medial lateral", ((3, 72), (16, 70), (30, 76), (42, 88))),
    "inferior-nuchal-line": ("medial lateral", ((2, 86), (13, 84.5), (25, 88.5), (35, 96))),
    "occipital-bone": ("medial lateral", ((3, 79), (14, 77), (26, 81.5), (37, 91))),
    "occipital-basilar-part": ("", ((5, 94.5),)),  # in front of the foramen magnum: above it as seen from behind
    "jugular-process": ("", ((27, 102),)),
    "mastoid-process": ("", ((46, 104),)),
    "posterior-atlanto-occipital-membrane": ("medial lateral", ((3, 105), (12, 105))),
    "nuchal-ligament": ("upper lower", ((0, 75), (0, SPINE["C7"].y))),
    "supraspinous-ligament": ("upper lower", ((0, SPINE["C7"].y), (0, SPINE["S1"].y))),
    "clavicle": ("medial lateral", ((18, 252), (48, 240), (80, 224), (112, 219), (140, 229))),
    "acromion": ("upper lower", ((141, 232), (146, 243))),
    "scapular-spine": ("lateral medial", ((136, 243), (110, 252), (84, 263), (60, 270))),
    "scapula-superior-angle": ("", ((61, 243),)),
    "scapula-medial-border": ("upper lower", ((61, 243), (57, 256), (56, 270), (58, 300), (64, 334), (70, 352))),
    "scapula-inferior-angle": ("", ((72, 354),)),
    "intertubercular-groove": ("lower upper", ((149, 306), (147, 284))),
    "lesser-tubercle-crest": ("lower upper", ((144, 308), (141, 286))),
    "thoracolumbar-fascia": ("upper lower", ((28, 452), (38, 486), (50, 520), (56, 545))),
    "erector-spinae-aponeurosis": ("upper lower", ((9, 462), (14, 520), (18, 566), (15, 618))),
    "lumbar-intermuscular-aponeurosis": ("upper lower", ((29, 487), (31, 530), (33, 566), (31, 592))),  # down to the ilium
    "iliac-crest": ("medial lateral", ((31, 588), (40, 562), (56, 545), (76, 540), (88, 546))),  # as far as it shows from behind
    "ilium-sacropelvic-surface": ("upper lower", ((34, 578), (30, 596))),
    "psis": ("", ((29, 597),)),
    "posterior-sacroiliac-ligament": ("upper lower", ((30, 586), (27, 604), (23, 622))),
    "sacrum-dorsal": ("upper lower", ((18, 594), (14, 612), (11, 632))),
}  # fmt: skip
_STRETCHES: tuple[tuple[str, str, float, float], ...] = (  # structure, words of its part → which stretch of the line
    ("scapula-medial-border", "from the root of the spine to the inferior angle", 0.28, 1.0),
    ("scapula-medial-border", "from the superior angle to the root of the spine", 0.0, 0.24),
    ("scapula-medial-border", "at the level of the spine", 0.19, 0.28),
    ("occipital-bone", "between the superior and inferior nuchal lines, lateral", 0.5, 0.74),
    ("occipital-bone", "between the superior and inferior nuchal lines", 0.0, 0.45),
    ("nuchal-ligament", "over the last four cervical vertebrae", 0.63, 1.0),
    ("nuchal-ligament", "lower half", 0.63, 1.0),  # of its stretch along the vertebrae
    ("nuchal-ligament", "lower third", 0.78, 1.0),
    ("nuchal-ligament", "lower part", 0.84, 1.0),
    ("iliac-crest", "posterior part", 0.0, 0.34),
    ("iliac-crest", "posterior end", 0.0, 0.1),
    ("iliac-crest", "external lip", 0.4, 1.0),
)
_SPOTS: tuple[tuple[str, str, Place], ...] = (  # structure, words of its part → another place
    ("occipital-bone", "below the lateral third of the superior", ((31, 80), (40, 90))),
    ("occipital-bone", "below the lateral part of the inferior", ((17, 89.5), (26, 94))),
    ("occipital-bone", "medial area below the inferior", ((2.5, 92), (11, 90.5))),
    ("occipital-bone", "beside the mastoid process", ((40, 97),)),
    (
        "thoracolumbar-fascia",
        "in front of",
        tuple((SPINE[f"L{n}"].tip + 3, SPINE[f"L{n}"].y) for n in range(1, 5)),
    ),  # hung on the costal tips
)
_ALONG_RIB = (("medial to the angle", 0.34), ("between tubercle and angle", 0.34), ("lateral to the angle", 0.66))
_SHARE = {"third": 1 / 3, "half": 1 / 2, "part": 0.42, "end": 0.08}
_OFF_MIDLINE = {
    "ligament": 0.0,
    "skull": 20.0,
    "sacrum": 12.0,
    "fascia": 30.0,
    "hip bone": 40.0,
    "shoulder girdle": 62.0,
}


def levelled(id: str, kind: str) -> bool:
    """Whether a structure is found on each of several vertebrae or ribs."""
    return id in _BY_LEVEL or kind in _BY_LEVEL


def at_level(structure: Row, level: str, part: str | None = None) -> Point | None:
    """Where a structure lies on one vertebra or rib."""
    spot = _BY_LEVEL.get(structure["id"] or "") or _BY_LEVEL.get(structure.get("kind") or "")
    if level == "Occ" or spot is None:
        return None
    if level.startswith("R"):
        along = next((t for words, t in _ALONG_RIB if words in (part or "")), 0.5 if spot == "angle" else 0.84)
        return on_rib(int(level[1:]), along)
    at = row(level)
    return {
        "spine": (at.lamina * 0.45 if part == "root" else 0.0, at.y + at.height * (0.0 if part == "root" else 0.16)),
        "tip": ((at.pillar + at.tip) / 2 if part == "root" else at.tip - 2.0, at.y - at.height * 0.08),
        "posterior tubercle": (at.tip - 2.0, at.y + at.height * 0.06),
        "anterior tubercle": (at.tip - 6.0, at.y - at.height * 0.1),
        "mammillary": (at.pillar + 3.5, at.y - at.height * 0.26),
        "accessory": (at.pillar + 8.5, at.y + at.height * 0.1),
        "pillar": (at.pillar, at.y),
        "lateral mass": (at.pillar + 2, at.y - at.height * 0.15),
        "lamina": (at.lamina + 3.0, at.y + at.height * 0.24),
        "rib": (at.tip, at.y),
        "angle": (at.tip, at.y),
    }[spot]


def without_level(structure: Row, part: str | None = None) -> Place | None:
    """Where a structure lies that is stated without levels; None where nobody said."""
    id, words = structure["id"] or "", part or ""
    if id not in _LINES:
        return _along_spine(structure, words)
    ends, line = _LINES[id][0], whole(id)
    for owner, said, place in _SPOTS:
        if owner == id and said in words:
            return place
    for owner, said, first, last in _STRETCHES:
        if owner == id and said in words:
            return cut(line, first, last)
    return _worded(ends, line, words)


def vague(structure: Row, part: str | None) -> bool:
    """Whether it may lie on any vertebra or rib: "transverse process", and no more."""
    return structure.get("levels_of") != "none" and structure["id"] not in _LINES and not _region(part or "")


def _worded(ends: str, line: Place, words: str) -> Place:
    """Lateral half, lower third, medial part: a share of the line from one of its ends."""
    upper, lower = ends.split() if ends else ("", "")
    words = re.sub(r"\bposterior (third|part|half)", r"medial \1", words) if upper == "medial" else words
    found = re.search(rf"\b({upper}|{lower}|middle)\b ?(third|half|part|end)?", words) if ends else None
    if found is None:
        return line
    share = _SHARE[found[2] or "part"]
    if found[1] == "middle":
        return cut(line, 1 / 3, 2 / 3)
    return cut(line, 0, share) if found[1] == upper else cut(line, 1 - share, 1)


def _along_spine(structure: Row, words: str) -> Place | None:
    """A line beside the levels that its part names, or where the structure is found."""
    levels = _region(words) or _found_at(structure)
    if not levels:
        return None
    spots = [point for level in levels if (point := at_level(structure, level))]
    if spots:
        return tuple(dict.fromkeys((spots[0], spots[-1])))
    kind = structure.get("kind") or ""
    if kind == "skull" or levels == ("Occ",):
        return ((_OFF_MIDLINE.get(kind, 20.0), 90.0),)
    x = _OFF_MIDLINE.get(kind, 30.0)
    heights = [row(level).y for level in levels if level != "Occ"]
    return tuple(dict.fromkeys(((x, heights[0]), (x, heights[-1]))))


def _found_at(structure: Row) -> tuple[str, ...]:
    try:
        return parse(structure.get("found_at") or "", "vertebra or rib").all
    except LevelError:
        return ()


def _region(words: str) -> tuple[str, ...]:
    """ "of the lower thoracic vertebrae" → the lower half of the thoracic ones."""
    found: list[str] = []
    for share, name in re.findall(
        r"(?:\b(upper|lower) )?\b(cervical|thoracic|lumbar)\b", words if "vertebrae" in words else ""
    ):
        levels = [level for level in SPINE if level[0] == name[0].upper() and level[1:].isdigit()]
        half = len(levels) // 2
        found += levels[:half] if share == "upper" else levels[-half:] if share == "lower" else levels
    return tuple(found)


@cache
def whole(id: str) -> Place:
    """The whole line of a structure of the table, its corners rounded off."""
    return rounded(_LINES[id][1])
