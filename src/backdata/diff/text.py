"""A difference as text, for the terminal."""

from __future__ import annotations

from backdata.diff.difference import Difference
from backdata.diff.telling import by_heading, count, counted, meaning, names, step, went_along, why

_SIGNS = {"added": "+", "changed": "~", "renumbered": "#", "withdrawn": "-"}


def render(difference: Difference) -> str:
    """The difference as lines of text; + added, ~ changed, # renumbered, - withdrawn."""
    old, new = names(difference)
    if not difference:
        return f"{old} and {new} say the same: no fact, term, card or shape differs.\n"
    lines = [f"{old} → {new}", counted(difference), ""]
    for heading, changes in by_heading(difference).items():
        lines.append(heading)
        for change in changes:
            along = went_along(difference, change)
            more = f" With it went {count(along, 'fact')}." if along else ""
            lines.append(f"  {_SIGNS[change.kind]} {change.says}.{more}")
        lines.append("")
    for audience, sentences in meaning(difference).items():
        lines += [f"{audience}:", *(f"  {sentence}" for sentence in sentences)]
    return "\n".join([*lines, "", step(difference), *(f"  {reason}" for reason in why(difference))]) + "\n"
