"""TypeScript definitions of a JSON document, written from its JSON Schema: the titles are the names of the types.

Only what our own contracts use is understood; anything else stops the generator instead of becoming ``any``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

Schema = dict[str, Any]
_WIDTH, _LINE = 110, 85  # of a line; of a type that stands in one with its name
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def definitions(contract: Schema) -> str:
    """The text of a ``.d.ts`` file that exports one type for the document and one for each definition."""
    head = (
        f"// TypeScript definitions of {contract['$id']}, generated from its JSON Schema.\n"
        f'// In an ES module, with target ES2022 or later: import type {{ {contract["title"]} }} from "./backdata.js";\n'
    )
    return "\n".join([head, *(_named(each, contract) for each in (contract, *contract["$defs"].values()))])


def _named(schema: Schema, contract: Schema) -> str:
    told = "".join(_comment(schema, ""))
    if "properties" not in schema:
        return f"{told}export type {schema['title']} ={_type(schema, contract)};\n"
    required = set(schema["required"])
    fields = "".join(
        "".join(_comment(inner, "  "))
        + f"  readonly {name}{'' if name in required else '?'}:{_type(inner, contract, '  ')};\n"
        for name, inner in schema["properties"].items()
    )
    return f"{told}export interface {schema['title']} {{\n{fields}}}\n"


def _comment(schema: Schema, indent: str) -> Iterator[str]:
    lines = wrap(schema["description"].replace("*/", "* /"), _WIDTH - len(indent) - 3)
    plain = [
        each for each in schema.get("examples", ()) if isinstance(each, str | int) and len(str(each)) < _WIDTH - 20
    ]
    lines += [f"@example {json.dumps(each, ensure_ascii=False)}" for each in plain[:1]]
    if len(lines) == 1:
        yield f"{indent}/** {lines[0]} */\n"
        return
    yield f"{indent}/**\n"
    yield from (f"{indent} * {line}\n" for line in lines)
    yield f"{indent} */\n"


def _type(schema: Schema, contract: Schema, indent: str = "") -> str:
    """The type with the space before it; a long union fills lines of its own."""
    choices = _choices(schema, contract)
    if schema.get("type") == "array" and len(choices[0]) > _LINE:
        each = _filled(_choices(schema["items"], contract), indent)
        return f" readonly ({each}\n{indent})[]"
    line = " | ".join(choices)
    return f" {line}" if len(line) < _LINE else _filled(choices, indent)


def _filled(choices: list[str], indent: str) -> str:
    lines = [f"\n{indent}  |"]
    for choice in choices:
        if len(lines[-1]) + len(choice) > _WIDTH:
            lines.append(f"\n{indent}  |")
        lines[-1] += f" {choice}" if lines[-1].endswith("  |") else f" | {choice}"
    return "".join(lines)


def _choices(schema: Schema, contract: Schema) -> list[str]:
    if "$ref" in schema:
        return [str(contract["$defs"][schema["$ref"].removeprefix("#/$defs/")]["title"])]
    if "anyOf" in schema:
        return [choice for each in schema["anyOf"] for choice in _choices(each, contract)]
    if "const" in schema or "enum" in schema:
        return [json.dumps(value, ensure_ascii=False) for value in schema.get("enum") or [schema["const"]]]
    if schema["type"] == "array":
        each = " | ".join(_choices(schema["items"], contract))
        return [f"readonly ({each})[]" if " | " in each else f"readonly {each}[]"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return [_PLAIN[kind] for kind in kinds]
