"""Whether published exports are what a new build gives, to the byte. Nothing is written beside a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from backdata import manifest, publish
from backdata.validation import Validation


def stale(
    validation: Validation,
    paths: Sequence[Path],
    to: Path,
    allow_findings: bool = False,
    progress: Callable[[str], None] = lambda name: None,
) -> list[str]:
    """What is wrong with each file of ``to``, in words; nothing when all are as a new build gives them. Raises Refused.

    The build starts from what was published, for what Anki's cards remember must not change by being built again.
    """
    try:
        listed = manifest.listed(to)
    except manifest.Damaged as damaged:
        raise publish.Refused(str(damaged)) from damaged
    if not listed:
        raise publish.Refused(
            f"{to} holds no {manifest.NAME} that backdata has written, or it is damaged; put it back, or export anew"
        )
    with tempfile.TemporaryDirectory(prefix="backdata-") as temporary:
        # inside a folder of its own, so that the locks and staging of a publication have room beside it
        built = Path(temporary) / "exports"
        for name in listed:
            if (to / name).is_file():
                (built / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(to / name, built / name)
        publish.publish(validation, paths, built, (), allow_findings, progress)
        return differing(to, built)


def differing(kept: Path, built: Path) -> list[str]:
    """Files of ``kept`` that are missing, differ from those of ``built``, or are written by no export."""
    old, new = (manifest.files(folder) for folder in (kept, built))
    told = dict.fromkeys(new.keys() - old.keys(), "is missing")
    told |= dict.fromkeys(old.keys() - new.keys(), "is written by no export")
    told |= {name: "differs" for name in old.keys() & new.keys() if old[name].read_bytes() != new[name].read_bytes()}
    return [f"{name} {told[name]}" for name in sorted(told)]
