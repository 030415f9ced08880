"""What the preferred attachments of a muscle say against its name, its group and each other: one verdict per row.

Of one mistake one thing is told: an attachment that is wrong by itself is not compared with others any more, and a muscle whose
origin and insertion are exchanged is told that and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from backdata.anatomy import gaps, levels, others
from backdata.anatomy.ends import Attachment, Ends, attachment, shared
from backdata.anatomy.inheritance import Lineage, answered_by
from backdata.anatomy.regions import named_region
from backdata.anatomy.steps import named_step, places, step, sure_and_all, written
from backdata.model import Row


class Verdict(NamedTuple):
    """What is wrong with an attachment, in words; "" where nothing is, None where it cannot be judged."""

    strange_kind: str | None = None
    kinds_allowed: str | None = None
    beyond_region: str | None = None
    region_word: str | None = None
    region: str | None = None
    beyond_home: str | None = None
    home: str | None = None
    whose: str | None = None
    exchanged: str | None = None
    same_place: str | None = None
    wrong_side: str | None = None
    should_lie: str | None = None
    step_leads_to: str | None = None
    strange_step: str | None = None
    steps_taken: str | None = None
    step_owed: str | None = None
    stands_alone: str | None = None
    shared_levels: str | None = None
    repeated_by: str | None = None
    lacking: str | None = None

    @property
    def wrong_alone(self) -> bool:
        """Whether the attachment is wrong, whatever the others are."""
        return any((self.strange_kind, self.beyond_region, self.beyond_home, self.same_place, self.shared_levels))

    @property
    def told_otherwise(self) -> bool:
        """Whether something is told of it that makes further comparison idle."""
        return self.wrong_alone or any((self.exchanged, self.wrong_side, self.step_leads_to, self.strange_step))


def verdicts(rows: Sequence[Row], structures: Mapping[str, Row], lineage: Lineage) -> dict[int, Verdict]:
    """Sheet row → verdict, for every preferred attachment of a muscle, part or group that is known."""
    stated: dict[str, dict[str, list[Attachment]]] = {"origin": {}, "insertion": {}}
    for row in rows:
        owner, end = row.get("muscle"), row.get("end")
        known = owner in lineage.muscles or owner in lineage.groups
        if row.get("reading") == "preferred" and end in stated and known:
            read = attachment(row, structures.get(row.get("structure") or ""))
            stated[str(end)].setdefault(str(owner), []).append(read)
    found: dict[int, Verdict] = {}
    for owner in dict.fromkeys((*stated["origin"], *stated["insertion"])):
        found |= _Judge(owner, stated, lineage).verdicts()
    for number, (stands_alone, repeated_by) in others.compared(rows, structures).items():
        if number in found and not found[number].told_otherwise:
            found[number] = found[number]._replace(stands_alone=stands_alone, repeated_by=repeated_by)
    sound = {
        number
        for number, verdict in found.items()
        if not (verdict.told_otherwise or verdict.stands_alone or verdict.repeated_by)
    }
    for number, gap in gaps.gaps(stated, lineage, sound).items():
        found[number] = found[number]._replace(lacking=gap)
    return found


@dataclass(frozen=True)
class _Judge:
    """Everything that is known of one muscle, part or group."""

    owner: str
    stated: Mapping[str, Mapping[str, Sequence[Attachment]]]  # end → owner → attachments
    lineage: Lineage

    def verdicts(self) -> dict[int, Verdict]:
        """Sheet row → verdict."""
        own = [(each, end) for end in ("origin", "insertion") for each in self.stated[end].get(self.owner, ())]
        ends = Ends(self._origins(), [each for each, end in own if end == "insertion"])
        if self._exchanged(own):
            first = min(each.row["_row"] for each, _ in own)
            return {first: Verdict(exchanged="exchanged")}
        found = {each.row["_row"]: self._alone(each, end, ends) for each, end in own}
        if any(verdict.beyond_home or verdict.strange_kind for verdict in found.values()):
            found = {number: verdict._replace(same_place=None) for number, verdict in found.items()}
        if not any(verdict.same_place for verdict in found.values()):
            for end in ("origin", "insertion"):
                these = [each for each, of in own if of == end]
                for each, both in zip(these, shared(these), strict=True):
                    found[each.row["_row"]] = found[each.row["_row"]]._replace(shared_levels=both)
        told = any(each.told for each in (*ends.origins, *ends.insertions))
        ends = replace(ends, compared=not told and not any(verdict.wrong_alone for verdict in found.values()))
        return found | self._stepping(ends, found)

    @property
    def _group(self) -> Row:
        id = self.owner if self.owner in self.lineage.groups else self.lineage.group_of(self.owner)
        return self.lineage.groups.get(id or "", {})

    def _origins(self) -> Sequence[Attachment]:
        """Its own origins, or else those that it inherits."""
        origins = self.stated["origin"]
        if self.owner in origins:
            return origins[self.owner]
        return [each for owner in answered_by(self.lineage, self.owner, {*origins}) for each in origins[owner]]

    def _exchanged(self, own: Sequence[tuple[Attachment, str]]) -> bool:
        """Whether every end lies where the other should, and one of them not where it may, or has the other's steps."""
        kinds = {end: {each.kind for each, of in own if of == end} - {None} for end in ("origin", "insertion")}
        may = {end: _listed(self._group.get(f"{end}_on")) for end in kinds}
        if not (all(kinds.values()) and all(may.values())):
            return False
        steps = {end for each, end in own if each.step}
        straight = kinds["origin"] <= may["origin"] and kinds["insertion"] <= may["insertion"]
        crossed = kinds["origin"] <= may["insertion"] and kinds["insertion"] <= may["origin"]
        return crossed and (not straight or steps == {"origin"})

    def _alone(self, each: Attachment, end: str, ends: Ends) -> Verdict:
        kinds, home = self._group.get(f"{end}_on"), self._group.get(f"{end}_levels")
        lies = self._group.get("insertion_lies")
        verdict = Verdict(exchanged="", kinds_allowed=kinds, home=home, should_lie=lies)
        if each.told:
            return verdict
        if kinds:
            verdict = verdict._replace(strange_kind="" if each.kind in _listed(kinds) else each.kind)
        if end == "insertion" and not verdict.wrong_alone:
            verdict = verdict._replace(same_place=ends.same_place(each))
        if end == "insertion" and not verdict.wrong_alone:
            verdict = self._in_region(each, verdict)
        if home and each.all and not verdict.wrong_alone:
            whose = f"{end}s of {self._group.get('name')}"
            verdict = verdict._replace(beyond_home=_beyond(each, home), whose=whose)
        return verdict

    def _in_region(self, each: Attachment, verdict: Verdict) -> Verdict:
        owners = (owner for owner in self.lineage.owners(self.owner) if owner in self.lineage.muscles)
        named = named_region(self.lineage.muscles[owner].get("latin") for owner in owners)
        if not named or each.kind in ("ligament", "fascia"):
            return verdict
        word, region = named
        verdict = verdict._replace(region_word=word, region=region.words)
        home = region.ribs if each.on_ribs else region.vertebrae
        if region.kinds or not (home and each.levelled):
            fits = each.kind in region.kinds
            return verdict._replace(beyond_region="" if fits else f"the {each.structure.get('name')}")
        verdict = verdict._replace(beyond_region="")
        away = (each.sure or each.all) - places(levels.parse(home, "vertebra or rib").all)
        if not away:
            return verdict
        whose = f"insertions of muscles called {word}"
        return verdict._replace(beyond_home=written(away, each.on_ribs), home=home, whose=whose)

    def _stepping(self, ends: Ends, found: Mapping[int, Verdict]) -> dict[int, Verdict]:
        """The verdicts with what steps and sides say."""
        taken = named_step(step(self._group.get("steps")), self.lineage.muscles.get(self.owner, {}).get("latin"))
        stepped = {
            each.row["_row"]: found[each.row["_row"]]._replace(
                strange_step=str(each.step), steps_taken="steps are counted from there to the insertion"
            )
            for each in ends.origins
            if each.step and each.row["_row"] in found
        }
        for each in ends.insertions:
            strange, because = ends.strange_step(each, taken)
            owed = None if taken is None or not each.levelled else "" if each.row.get("from_origin") else str(taken)
            leads_to = None if strange else ends.wrong_step(each)
            stepped[each.row["_row"]] = found[each.row["_row"]]._replace(
                strange_step=strange, steps_taken=because, step_owed=owed, step_leads_to=leads_to
            )
        if ends.insertions and not any(it.step_leads_to or it.strange_step for it in stepped.values()):
            row = ends.insertions[0].row["_row"]
            stepped[row] = stepped[row]._replace(wrong_side=ends.wrong_side(self._group.get("insertion_lies")))
        return stepped


def _beyond(each: Attachment, home: str) -> str | None:
    """The levels of an attachment outside ``home``: sure ones outside its sure ones, others outside all of it."""
    try:
        sure, every = sure_and_all(levels.parse(home, "vertebra or rib"))
    except levels.LevelError:
        return None
    return written((each.sure - sure) | (each.all - every), each.on_ribs)


def _listed(cell: str | None) -> set[str | None]:
    return {part.strip() for part in (cell or "").split(",") if part.strip()}
