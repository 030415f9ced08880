"""What stops a release."""

from __future__ import annotations


class Failed(Exception):
    """A step of a release failed, and the repository is as it was. The message names the step and says why."""
