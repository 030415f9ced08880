"""How facts read: always "structure levels, part"; functions as "head: rotation to its own side"; roots in brackets."""

from __future__ import annotations

from collections.abc import Mapping

from backdata.anatomy import levels as level_language
from backdata.model import Row

_ORDINAL = {"1": "", "2": "second ", "3": "third ", "4": "fourth ", "5": "fifth "}
_NUMBER = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five"}
_CONSTANCY = {"usual": "usually", "inconstant": "sometimes"}


def fact_text(topic: str, row: Row, terms: Mapping[str, Mapping[str, Row]]) -> str:
    """One fact in words, as a cell of a textbook table has it."""
    if topic in ("origin", "insertion"):
        text = _attachment(row, terms["structures"].get(row["structure"], {"name": row["structure"]}))
    elif topic == "action":
        text = _action(row, terms["movements"].get(row["movement"], {"name": row["movement"]}))
    elif topic == "innervation":
        text = _nerve(row, terms["nerves"].get(row["nerve"], {"name": row["nerve"]}))
    else:
        vessel = terms["vessels"].get(row["vessel"], {"name": row["vessel"]})["name"]
        text = f"{vessel} ({row['levels']})" if row.get("levels") else vessel
    often = _CONSTANCY.get(row.get("constancy") or "")
    return f"{text} ({often})" if often else text


def _parsed(levels: str | None, kind: str) -> level_language.Levels | None:
    try:
        return level_language.parse(levels, kind) if levels else None
    except level_language.LevelError:
        return None


def _many(levels: str | None, kind: str) -> bool:
    """Whether a cell names more than one level."""
    read = _parsed(levels, kind)
    return read is not None and len(read.all) > 1


def _attachment(row: Row, structure: Row) -> str:
    kind, levels, step = structure.get("levels_of"), row.get("levels"), row.get("from_origin")
    part = row.get("part") or ""
    several = kind in ("vertebra", "rib") and (_many(levels, str(kind)) or part.startswith("of "))
    name = str((structure.get("plural") if several else None) or structure["name"])
    if not levels:
        name = _stepped(name, step, str(kind)) if step else name
    elif kind == "rib":
        name = f"{name.replace('of the rib', 'of rib')} {levels.replace('R', '')}"
    else:
        name = f"{name}, {levels}" if structure.get("kind") == "sacrum" else f"{name} of {levels}"
    if levels and step:
        name += f", {'each ' if several else ''}{_step(step, str(kind))}"
    return f"{name} {part}" if part.startswith("of ") else f"{name}, {part}" if part else name


def _stepped(name: str, step: str, kind: str) -> str:
    """A structure that is told by its distance from the origin only: spinous process of the vertebra above."""
    distance = _step(step, kind)
    if kind == "rib":
        return name.replace("the rib", distance) if "the rib" in name else distance
    return f"{name} {distance.replace('on the', 'of the')}" if distance.startswith("on") else f"{name}, {distance}"


def _step(step: str, kind: str) -> str:
    """``1 up`` → "on the vertebra above"; ``2–4 up`` → "two to four vertebrae above the origin"."""
    count, way = step.split(" ")
    where = "above" if way == "up" else "below"
    thing, things = ("rib", "ribs") if kind == "rib" else ("vertebra", "vertebrae")
    if "–" in count:
        low, high = count.split("–")
        return f"{_NUMBER.get(low, low)} to {_NUMBER.get(high, high)} {things} {where} the origin"
    named = f"the {_ORDINAL.get(count, count + 'th ')}{thing} {where}"
    return named if kind == "rib" else f"on {named}"


def _action(row: Row, movement: Row) -> str:
    side = {"ipsilateral": " to its own side", "contralateral": " to the opposite side"}.get(
        row.get("direction") or "", ""
    )
    condition = f", {row['condition']}" if row.get("condition") else ""
    return f"{row['of']}: {movement['name']}{side}{condition}"


def _nerve(row: Row, nerve: Row) -> str:
    segments = row.get("segments")
    sensory = " (sensory)" if row.get("role") == "sensory" else ""
    if nerve.get("kind") == "segmental":
        if not segments:
            return f"{nerve.get('plural') or nerve['name']}{sensory}"
        name = nerve.get("plural") if _many(segments, "nerve") else nerve["name"]
        return f"{name or nerve['name']} of {segments}{sensory}"
    roots = segments or nerve.get("roots")
    return f"{nerve['name']} ({_roots(roots)}){sensory}" if roots else f"{nerve['name']}{sensory}"


def _roots(roots: str) -> str:
    """Roots inside brackets: (C4) C5 → C5, sometimes C4."""
    read = _parsed(roots, "nerve")
    rare = [str(run) for run in read.runs if run.sometimes] if read else []
    if read is None or not rare:
        return roots
    return f"{', '.join(str(run) for run in read.runs if not run.sometimes)}, sometimes {', '.join(rare)}"
