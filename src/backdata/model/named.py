"""Things by id, for people who type: small letters and hyphens are not insisted on, and a slip is answered with what is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")


class Unknown(KeyError):
    """An id that nothing has. Reads as a sentence that names the nearest ids; a ``KeyError``, so ``get`` and ``in`` work."""

    def __init__(self, kind: str, id: object, known: Mapping[str, object]) -> None:
        super().__init__(id)
        self.kind, self.id, self.known = kind, id, known

    def __str__(self) -> str:
        from difflib import get_close_matches

        near = get_close_matches(_plain(self.id), self.known)
        some = f"there are {len(self.known)}, such as {next(iter(self.known))}" if self.known else "there are none"
        hint = f"nearest: {', '.join(near)}" if near else some
        return f"there is no {self.kind} “{self.id}”; {hint}"


class Named(Mapping[str, T]):
    """Things by id in anatomical order. ``splenius_capitis`` and ``Splenius capitis`` find ``splenius-capitis`` too.

    Only the spelling of the id is free; other names are not keys, as two things may share one.
    """

    def __init__(self, kind: str, things: Mapping[str, T]) -> None:
        self._kind, self._things = kind, dict(things)

    def __getitem__(self, id: str) -> T:
        known = id if id in self._things else self._spelt.get(_plain(id))
        if known is None:
            raise Unknown(self._kind, id, self._things)
        return self._things[known]

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        return {_plain(id): id for id in self._things}

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __repr__(self) -> str:
        return f"<{len(self)} by id: {', '.join(list(self)[:3])} …>"


def _plain(id: object) -> str:
    """An id however it is spelt: small letters, hyphens for spaces and underscores."""
    return "-".join(str(id).lower().replace("_", " ").replace("-", " ").split())
