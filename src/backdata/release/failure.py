"""What stops a release."""

from __future__ import annotations


class Failed(Exception):
    """A step of a release failed, and the repository is as it was. The message names the step and says why."""


class Misnamed(Failed):
    """The version that was asked for cannot be the next one, whatever has changed. Nothing was begun."""
