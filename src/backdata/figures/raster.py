"""A picture as PNG, alike on every machine: drawn by resvg with the letters shipped beside this module, never with those of the system."""

from __future__ import annotations

from pathlib import Path

_LETTERS = Path(__file__).resolve().parent / "font"


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, ``width`` pixels wide."""
    import resvg_py

    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(_LETTERS.glob("*.ttf"))],
        font_family="Backdata Sans",
        sans_serif_family="Backdata Sans",
    )
    return bytes(drawn)
