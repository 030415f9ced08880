"""Holds a document against its contract before it is written: closed, and without doing anything twice.

The validator looks a ``$ref`` up anew for each value that it meets, and judges the same fact again for each muscle that it
holds for. So definitions stand in the place of references here, and what was found sound once is not looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from backdata.contracts import Schema, closed

_FOR_READERS = ("description", "title", "examples")
_POINTER = "#/$defs/"


class BrokenContract(ValueError):
    """A document that is not what its JSON Schema promises to applications."""


def check(name: str, document: Mapping[str, Any], contract: Schema) -> None:
    """Hold a document against its JSON Schema, closed. Raises BrokenContract with the first places that break it."""
    from jsonschema import Draft202012Validator, validators

    strict = closed(contract)
    extend: Any = validators.extend  # which says nothing of its types
    judge = extend(Draft202012Validator, _remembering())(
        inlined(strict, strict.get("$defs", {})), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    if faults := list(islice(judge.iter_errors(document), 10)):
        told = "\n".join(f"  {_place(document, fault.absolute_path)}: {fault.message:.300}" for fault in faults)
        raise BrokenContract(f"{name} was not written, because it would break {contract['$id']}:\n{told}")


def inlined(schema: Any, definitions: Mapping[str, Schema], within: tuple[str, ...] = ()) -> Any:
    """The schema with what it refers to in place of the references; one that leads back to where it stands is left."""
    if isinstance(schema, list):
        return [inlined(each, definitions, within) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: value for key, value in schema.items() if key not in _FOR_READERS or isinstance(value, dict)}
    name = str(told.get("$ref", "")).removeprefix(_POINTER)
    if name in definitions and name not in within and len(told) == 1:
        return inlined(definitions[name], definitions, (*within, name))
    return {
        key: value if key in ("enum", "const") else inlined(value, definitions, within) for key, value in told.items()
    }


def _remembering() -> dict[str, Callable[..., Iterator[Any]]]:
    """The two keywords that lead further into a document, so that none goes again where all was well.

    No list in our contracts is a tuple; of ``prefixItems`` they know nothing.
    """
    sound: set[tuple[int, str]] = set()

    def judged(judge: Any, schema: Schema, value: Any, place: str | int) -> Iterator[Any]:
        known = id(schema), json.dumps(value)
        if known not in sound:
            faults = list(judge.descend(value, schema, path=place))
            if not faults:
                sound.add(known)
            yield from faults

    def items(judge: Any, schema: Schema, value: Any, _: Schema) -> Iterator[Any]:
        for place, each in enumerate(value if isinstance(value, list) else ()):
            yield from judged(judge, schema, each, place)

    def properties(judge: Any, schemas: Mapping[str, Schema], value: Any, _: Schema) -> Iterator[Any]:
        for name, schema in schemas.items():
            if isinstance(value, dict) and name in value:
                yield from judged(judge, schema, value[name], name)

    return {"items": items, "properties": properties}


def _place(document: Any, path: Any) -> str:
    """Where in a document, with the ids that stand on the way instead of the numbers of entries."""
    steps: list[str] = []
    for step in path:
        document = document[step]
        steps.append(str(document["id"]) if isinstance(document, dict) and "id" in document else str(step))
    return " › ".join(steps) or "the document"
