"""backdata: the muscles of the back as checked, sourced open data.

``validate`` judges spreadsheets, ``export`` publishes them, ``load`` gives what was published. Nothing heavy is imported
until one of the first two is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backdata.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backdata.model import Dataset, Report
    from backdata.publish import Publication


__version__ = VERSION
__all__ = ["__version__", "export", "load", "validate"]


def validate(*paths: str | Path) -> Report:
    """Check spreadsheets: a folder, or workbooks and CSV files; ``raw/`` when none is given. Raises FileNotFoundError."""
    from backdata import validation

    return validation.validate(_existing(paths)).report


def export(
    *paths: str | Path, to: str | Path = "exports", only: Sequence[str] = (), allow_findings: bool = False
) -> Publication:
    """Check spreadsheets like ``validate`` and write every format, or those of ``only``, into the folder ``to``, all or none.

    Raises backdata.publish.Refused when errors were found, unless ``allow_findings``.
    """
    from pathlib import Path

    from backdata import publish, validation

    given = _existing(paths)
    return publish.publish(validation.validate(given), given, Path(to), only, allow_findings)


def load(folder: str | Path | None = None) -> Dataset:
    """The published data: of a folder of exports, else of this checkout or installation.

    Raises FileNotFoundError where there is none, ValueError where it is damaged.

    ``load().muscles["splenius_capitis"].origins``; what else there is stands in docs/using.md.
    """
    from pathlib import Path

    from backdata import published, resources

    return published.load(resources.PUBLISHED if folder is None else Path(folder))


def _existing(paths: Sequence[str | Path]) -> list[Path]:
    from pathlib import Path

    given = [Path(path) for path in paths] or [Path("raw")]
    for path in given:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist")
    return given
