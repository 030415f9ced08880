"""The TypeScript definitions, held against the real compiler and the real data; and the generator, against its schema."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from backdata import contracts, resources, typescript
from backdata.exporters.json import application_document, write_json
from backdata.model import Dataset

ROOT = resources.PUBLISHED.parent
COMPILER = ROOT / "build" / "typescript" / "node_modules" / "typescript" / "bin" / "tsc"
OPTIONS = ("--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022",
           "--resolveJsonModule")  # fmt: skip
MODULES = {
    "Node": ("--module", "nodenext"),
    "a bundler": ("--module", "esnext", "--moduleResolution", "bundler"),
}  # who resolves what is imported: all that the docs name
DEFINITIONS = typescript.definitions(contracts.read("backdata"))
compiled = pytest.mark.skipif(
    not (COMPILER.is_file() and shutil.which("node")),
    reason="the TypeScript compiler is not here: bash tests/install-typescript.sh puts it into build/ where npm is installed",
)


def compile(folder: Path, *more: str, by: str = "Node", **files: str) -> subprocess.CompletedProcess[str]:
    """What the compiler says of some files (name → text), which are ES modules, beside the definitions."""
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "backdata.d.ts").write_text(DEFINITIONS, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.ts").write_text(text, "utf-8")
    command: list[str | Path] = ["node", COMPILER, *OPTIONS, *MODULES[by], *more, *(f"{name}.ts" for name in files)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def literal(document: object) -> str:
    """A program in which a document stands as it is: every value of it is held against its type, and no key may be left over."""
    text = json.dumps(document, ensure_ascii=False)
    return f'import type {{ Backdata }} from "./backdata.js";\nexport const data: Backdata = {text};\n'


@compiled
def test_the_real_data_have_the_types(dataset: Dataset, tmp_path: Path) -> None:
    done = compile(tmp_path, "--noEmit", whole=literal(application_document(dataset)))
    assert (done.returncode, done.stdout) == (0, "")


@compiled
def test_data_that_break_the_types_are_refused(mini: Dataset, tmp_path: Path) -> None:
    document = application_document(mini)
    for key, value in (("reading", "prefered"), ("structure", None), ("surprise", 1)):
        broken = copy.deepcopy(document)
        broken["muscles"][0]["origins"][0][key] = value
        done = compile(tmp_path, "--noEmit", broken=literal(broken))
        assert done.returncode != 0, key
        assert "error TS2" in done.stdout, key


@compiled
@pytest.mark.parametrize("by", MODULES)
def test_the_example_of_the_docs_compiles_and_prints_what_stands_below_it(
    by: str, dataset: Dataset, tmp_path: Path
) -> None:
    (code,) = re.findall(r"```ts\n(.*?)```", (ROOT / "docs" / "using.md").read_text("utf-8"), re.DOTALL)
    write_json.write(dataset, tmp_path, None)
    assert (tmp_path / "backdata.d.ts").read_text("utf-8") == DEFINITIONS
    done = compile(tmp_path, "--outDir", "out", by=by, example=code)
    assert (done.returncode, done.stdout) == (0, "")
    ran = subprocess.run(
        ["node", "--no-warnings", "out/example.js"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.splitlines() == [line.removeprefix("// ") for line in code.splitlines() if line.startswith("// ")]


@compiled
def test_wrong_use_does_not_compile(tmp_path: Path) -> None:
    wrong = """
        import type { Attachment, Backdata, Level } from "./backdata.js";
        declare const data: Backdata;
        declare const fact: Attachment;
        // @ts-expect-error a key that is not there
        data.muscles.map((muscle) => muscle.origin);
        // @ts-expect-error a value that is none of the closed list
        export const taught = fact.reading === "prefered";
        // @ts-expect-error what may be null
        export const latin: string[] = data.muscles.map((muscle) => muscle.latin);
        // @ts-expect-error a vertebra that there is not
        export const level: Level = "T13";
        // @ts-expect-error the data are not to be changed
        data.muscles.push(...data.muscles);
        // @ts-expect-error nor a fact
        fact.text = "elsewhere";
    """
    done = compile(tmp_path, "--noEmit", wrong=wrong)
    assert (done.returncode, done.stdout) == (0, "")


def test_nothing_is_any_and_everything_is_described_and_unchangeable() -> None:
    code = re.sub(r'/\*\*.*?\*/|"[^"\n]*"', "", DEFINITIONS, flags=re.DOTALL)
    assert re.findall(r"\b(any|unknown|object|never)\b", code) == []
    lines = DEFINITIONS.splitlines()
    for before, line in pairwise(lines):
        if re.match(r"export |  readonly |  \w+\??:", line):
            assert before.endswith("*/"), line
        assert not re.match(r"  \w+\??:", line), f"may be changed: {line}"
    assert max(map(len, lines)) <= 120


def test_every_definition_is_exported_once_under_its_title() -> None:
    contract = contracts.read("backdata")
    titles = [contract["title"], *(each["title"] for each in contract["$defs"].values())]
    assert re.findall(r"^export (?:type|interface) (\w+)", DEFINITIONS, re.MULTILINE) == titles


def test_what_the_generator_does_not_know_stops_it() -> None:
    contract = contracts.read("backdata")
    contract["properties"]["version"] = {"description": "What nobody said how to write.", "oneOf": [{"type": "string"}]}
    with pytest.raises(KeyError):
        typescript.definitions(contract)


def test_the_definitions_say_how_they_are_imported_and_the_docs_do_it_so() -> None:
    line = 'import type { Backdata } from "./backdata.js";'
    assert f"// In an ES module, with target ES2022 or later: {line}" in DEFINITIONS.splitlines()
    (code,) = re.findall(r"```ts\n(.*?)```", (ROOT / "docs" / "using.md").read_text("utf-8"), re.DOTALL)
    assert 'from "./backdata.js";' in code
