"""``CITATION.cff``: how to cite the data, in the Citation File Format 1.2.0."""

from __future__ import annotations

import datetime as dt

NAME = "CITATION.cff"


def text(version: str, released: dt.date) -> str:
    """The file for a release. The licence is that of the data; the program is a reference with its own."""
    return f"""\
# Written by backdata release.
cff-version: 1.2.0
message: If you use these data, please cite them as below, and say what you changed.
type: dataset
title: 'backdata: the muscles of the back as checked, sourced open data'
abstract: >-
  Origins, insertions, actions, nerves and vessels of the muscles of the human back. Every fact names the source in which
  it was read; where sources differ, all readings are given. Published as tables, JSON, Anki flash cards and workbooks.
  The data are licensed CC BY 4.0, the program that checks and publishes them is licensed MIT.
authors:
  - name: backdata contributors
version: {version}
date-released: '{released.isoformat()}'
license: CC-BY-4.0
keywords:
  - anatomy
  - muscles
  - back
  - open data
  - flash cards
references:
  - type: software
    title: backdata, the program that checks and publishes the data
    authors:
      - name: backdata contributors
    version: {version}
    license: MIT
"""
