"""Every rule proves itself: its examples are its tests, its shape is the shape of all, its patterns run on every engine."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

import backdata
from backdata import engine, examples, intake, questions, registry, resources, schemas, validation, views
from backdata.model import Edit, Finding, Report, Rule, add, edit, retitle
from backdata.verbs import View

RULES = registry.rules()
CODES = list(RULES)
FOLDER = Path(backdata.__file__).parent / "rules"
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.name != "__init__.py")
TODAY = dt.date(2026, 11, 22)
Judge = Callable[[Iterable[Edit]], Report]


def told(report: Report) -> list[Finding]:
    """The findings that no exception silences."""
    return [finding for finding in report.findings if finding.excepted is None]


# --- examples -----------------------------------------------------------------------------------------------------------


def test_the_mini_atlas_has_no_fault(judge: Judge) -> None:
    assert told(judge(())) == []


@pytest.mark.parametrize("code", CODES)
def test_a_bad_example_gives_exactly_this_one_finding(code: str, judge: Judge, tmp_path: Path) -> None:
    rule = RULES[code]
    findings = told(judge(rule.bad))
    assert [code] == [finding.code for finding in findings], [finding.message for finding in findings]
    (finding,) = findings
    assert (rule.name, rule.severity) == (finding.name, finding.severity)
    assert_is_at_a_cell(finding, tmp_path)
    assert_can_be_read(finding)


@pytest.mark.parametrize("code", CODES)
def test_a_good_example_gives_no_finding(code: str, judge: Judge, tmp_path: Path) -> None:
    good = RULES[code].good
    only_text = all(isinstance(cell, str | None) for change in good for cell in change.changes.values())
    report = validation.validate([examples.write_csv(tmp_path, good)], TODAY).report if only_text else judge(good)
    assert [(finding.code, finding.message) for finding in told(report)] == []


ONE_FAULT = {
    "a level that no vertebra has": (edit("attachments", "rhomboid-minor.origin.2", levels="C8"), "BD511", "E17"),
    "a misspelt nerve": (
        edit("innervations", "rhomboid-minor.innervation.1", nerve="dorsal scapular nerv"),
        "BD301",
        "C5",
    ),
    "a misspelt group": (edit("muscles", "rhomboid-minor", group="superficia"), "BD301", "D6"),
    "a blank item": (edit("attachments", "rhomboid-minor.insertion.1", item=None), "BD201", "C19"),
    "an item in words": (edit("attachments", "rhomboid-minor.insertion.1", item="first"), "BD205", "C19"),
    "a misspelt reading above others": (
        edit("attachments", "splenius-capitis.origin.2", reading="prefered"),
        "BD204",
        "H24",
    ),
    "an exception without reason": (edit("exceptions", "BD503 *", reason=None), "BD201", "E2"),
    "a date where a word must stand": (edit("attachments", "rhomboid-minor.origin.2", structure=TODAY), "BD211", "D17"),
}


@pytest.mark.parametrize(("planted", "code", "address"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_one_finding(planted: Edit, code: str, address: str, judge: Judge) -> None:
    assert [(finding.code, finding.cell.address) for finding in told(judge([planted]))] == [(code, address)]


def assert_is_at_a_cell(finding: Finding, folder: Path) -> None:
    """The cell is named, and what stands there is what the finding says, by the word of another reader."""
    cell, view = finding.cell, RULES[finding.code].view
    assert cell.file
    if view in {"files", "shrunken"}:
        return
    assert (folder / cell.file).is_file()
    assert cell.row and cell.sheet
    with closing(openpyxl.load_workbook(folder / cell.file, read_only=True)) as book:
        sheet = book[cell.sheet]
        stands = sheet.cell(cell.row, cell.column).value if cell.column else None
        header = sheet.cell(1, cell.column).value if cell.column else None
    if view in {"headers", "columns"}:
        assert cell.row == 1
        assert stands in {None, finding.value}
        return
    assert re.fullmatch(r"[A-Z]+[0-9]+", cell.address)
    if view == "odd_cells":
        assert header == finding.column
        assert stands is not None
    else:
        assert header == finding.column
        assert finding.value == (None if stands is None else str(stands))


def assert_can_be_read(finding: Finding) -> None:
    """Message and fix are whole sentences with everything filled in."""
    assert finding.message[0].isupper() or not finding.message[0].isalpha()
    assert finding.message.endswith(".")
    for sentence in (finding.message, finding.fix):
        assert not re.search(r"[{}]|\bNone\b|\bnan\b|\[\]|something unknown", sentence), sentence
        assert ".." not in sentence
        assert "  " not in sentence


# --- shape --------------------------------------------------------------------------------------------------------------

FAMILIES = {"1": "file and sheet", "2": "cell and column", "3": "reference and vocabulary", "4": "completeness",
            "5": "anatomy", "6": "editorial", "7": "publication"}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=CODES)
def test_a_rule_says_what_why_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", rule.name), "its name is made of words"
    assert rule.name.replace("_", " ") == rule.title
    assert rule.reason.endswith("."), "its docstring says why it is a fault"
    assert len(rule.reason.split()) >= 8
    assert rule.source
    assert rule.says.endswith(".")
    assert rule.fix.endswith((".", "{description}", "{example}")), "no full stop after what is to be typed as it stands"
    assert rule.fix[0].isupper() or rule.fix.startswith("{description}")
    assert rule.bad and rule.good


@pytest.mark.parametrize("rule", RULES.values(), ids=CODES)
def test_a_code_tells_the_family(rule: Rule) -> None:
    assert re.fullmatch(r"BD[1-7][0-9]{2}", rule.code)
    family = FAMILIES[rule.code[2]]
    assert (family == "file and sheet") == (rule.view in {"files", "headers"})
    assert rule.view != "exceptions" or family == "editorial"
    assert rule.view != "odd_cells" or family in {"cell and column", "editorial"}


def test_no_two_rules_have_one_code_or_one_name() -> None:
    assert len(RULES) == len({rule.name for rule in RULES.values()}) == len(list(written()))


@pytest.mark.parametrize("rule", RULES.values(), ids=CODES)
def test_a_rule_yields_only_to_rules_that_exist(rule: Rule) -> None:
    assert set(rule.yields_to) <= RULES.keys() - {rule.code}


def test_every_rule_asks_of_some_column_of_the_sheets() -> None:
    asked = {question.rule.code for question in questions.questions(RULES.values(), schemas.tables())}
    assert set(CODES) == asked


# --- null is never a fault ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[View, engine.Frame]]:
    """Every view of the mini-atlas, with some oddities so that no view is empty."""
    tables = schemas.tables()
    edits = [edit("attachments", "rhomboid-minor.origin.2", levels="C8", page=True)]
    read = intake.read([examples.write(tmp_path_factory.mktemp("built"), edits)], tables)
    sources = views.sources(read, tables, read.tables)
    sources["exceptions"] = views.with_state(sources["exceptions"], ["unused"])
    names = {question.view for question in questions.questions(RULES.values(), tables)}
    made = {name: views.build(name, sources, tables) for name in sorted(names) if sources[name].rows}
    return {name: (view, view.settled()) for name, view in made.items()}


def faults(frame: engine.Frame, question: questions.Question) -> set[int]:
    when, then = question.answer("reading" in frame.columns)
    asks = {"then": then} if when is None else {"then": then, "when": when}
    answers = engine.columns(frame.select(**asks))
    whens = answers.get("when", [True] * len(frame))
    return {row for row, (w, t) in enumerate(zip(whens, answers["then"], strict=True)) if w is True and t is False}


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if not rule.judges_blanks])
def test_what_is_not_known_is_no_fault(code: str, built: dict[str, tuple[View, engine.Frame]]) -> None:
    asked = [q for q in questions.questions([RULES[code]], schemas.tables()) if q.view in built]
    assert asked, "no view of the mini-atlas lets this rule be tried"
    for question in asked:
        view, frame = built[question.view]
        read = {*question.reads, "reading"} & view.columns.keys()
        before = faults(frame, question)
        for blanked in (*({column} for column in sorted(read)), read):
            columns = {name: [None] * len(frame) if name in blanked else cells for name, cells in view.columns.items()}
            after = faults(engine.frame(columns, view.kinds), question)
            assert after <= before, f"{question.view}.{question.blames}: a fault is made of blank {', '.join(blanked)}"


# --- the portable dialect -----------------------------------------------------------------------------------------------

FOREIGN = {
    r"\\[A-Za-z]": "a class or an anchor with a backslash",
    r"\(\?[^:]": "a flag, a named group or look-around",
    r"[*+?}][+?]": "a lazy or possessive quantifier",
    r"\[\[|\[:": "a POSIX class",
}
PORTABLE = {"is_null", "is_in", "contains", "len_chars", "list"}  # what a rule may call


def not_portable(pattern: str) -> list[str]:
    """What in a pattern does not mean the same to every engine."""
    found = [why for sign, why in FOREIGN.items() if re.search(sign, pattern)]
    if not (pattern.startswith("^") and pattern.endswith("$")):
        found.append("no anchor at both ends")
    bare = re.sub(r"\[\^?\]?[^]]*\]", "", pattern)
    while (without := re.sub(r"\([^()]*\)", "", bare)) != bare:
        bare = without
    if "|" in bare:
        found.append("a choice outside of parentheses, which its anchors do not hold")
    return found


def patterns_in(source: str) -> Iterator[str]:
    """Patterns that are written out in a rule."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"contains", "match"}
        ):
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def patterns() -> dict[str, str]:
    """Every pattern of schemas and rules by where it stands."""
    tables = schemas.tables()
    found = {f"{t}.{c}": column.pattern for t, s in tables.items() for c, column in s.columns.items() if column.pattern}
    return found | {f"{path.name} {p}": p for path in MODULES for p in patterns_in(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("pattern", sorted(set(patterns().values())))
def test_a_pattern_is_portable(pattern: str) -> None:
    assert not_portable(pattern) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d+$",
        r"^\w$",
        r"^a\sb$",
        "(?i)^a$",
        "^(?=a)b$",
        "^(?<!a)b$",
        "^(?P<a>b)$",
        "a$",
        "^a",
        "^a|b$",
        "^a+?$",
        "^[[:alpha:]]$",
    ],
)
def test_the_lint_knows_what_is_not_portable(pattern: str) -> None:
    assert not_portable(pattern)


def test_the_lint_finds_patterns_that_stand_in_rules() -> None:
    assert list(patterns_in("def r(x):\n    return ~x.is_null(), x.str.contains('^a$')")) == ["^a$"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_rules_call_nothing_that_an_engine_might_lack(path: Path) -> None:
    called = set()
    for function in asks(path):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and node not in function.decorator_list:
                called.add(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "?"))
    assert called <= PORTABLE


# --- one file, found by lying there -------------------------------------------------------------------------------------


def asks(path: Path) -> list[ast.FunctionDef]:
    """The decorated functions of a module of rules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    for function in found:  # the decorators themselves may call what they like
        function.body = function.body[1:] if len(function.body) > 1 else function.body
        function.decorator_list = []
    return found


def written() -> Iterator[tuple[str, str]]:
    """(module, name) of every rule as the files have them."""
    for path in MODULES:
        yield from ((path.stem, function.name) for function in asks(path))


def test_every_rule_is_written_in_one_module_and_found_there() -> None:
    assert sorted(written()) == sorted((rule.ask.__module__.rpartition(".")[2], rule.name) for rule in RULES.values())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_a_module_of_rules_imports_nothing_but_the_model(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("." * node.level + (node.module or ""))
    foreign = {name for name in imported - {"backdata.model"} if name.partition(".")[0] not in sys.stdlib_module_names}
    assert set() == foreign


def python(code: str, path: Path) -> str:
    """What a fresh interpreter prints."""
    env = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_knowing_the_rules_takes_nothing_heavy() -> None:
    heavy = "{'pandas', 'pandera', 'polars', 'pyarrow', 'narwhals', 'openpyxl', 'numpy', 'jinja2'}"
    code = f"import sys; from backdata import registry; registry.rules(); print(sorted({heavy} & sys.modules.keys()))"
    assert python(code, FOLDER.parent.parent) == "[]\n"


NEW = '''
from typing import Any

from backdata.model import edit, rule


@rule(
    "BD599", view="muscles", blames="name", severity="info", says="{name} is the muscle.", fix="Call it otherwise.", source="x",
    bad=edit("muscles", "rhomboid-minor", name="the muscle"), good=edit("muscles", "rhomboid-minor", name="rhomboid"),
)
def called_the_muscle(name: Any) -> Any:
    """A name must tell one muscle from another."""
    return name != "the muscle"
'''

TRY = """
import datetime as dt, tempfile
from pathlib import Path
from backdata import examples, registry, validation
rule = registry.rules()["BD599"]
report = validation.validate([examples.write(Path(tempfile.mkdtemp()), rule.bad)], dt.date(2026, 11, 22)).report
print(*(f"{f.code} {f.cell}: {f.message}" for f in report.findings if not f.excepted), sep="\\n")
"""


def copy_of_the_program(folder: Path) -> Path:
    """The package with what it reads, in another place. Returns its ``src``."""
    shutil.copytree(FOLDER.parent, folder / "src" / "backdata", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(resources.TABLES, folder / "schemas" / "tables")
    (folder / "pyproject.toml").touch()
    return folder / "src"


def test_a_new_rule_is_one_new_file(tmp_path: Path) -> None:
    source = copy_of_the_program(tmp_path)
    (source / "backdata" / "rules" / "naming.py").write_text(NEW, encoding="utf-8")
    assert python(TRY, source) == "BD599 atlas.xlsx › muscles!B6: The muscle is the muscle.\n"


def test_two_rules_with_one_code_stop_the_program(tmp_path: Path) -> None:
    source = copy_of_the_program(tmp_path)
    (source / "backdata" / "rules" / "naming.py").write_text(NEW.replace("BD599", "BD501"), encoding="utf-8")
    code = "from backdata import registry\ntry: registry.rules()\nexcept ValueError as error: print(error)"
    assert {"BD501", "called_the_muscle", "nerve_from_the_wrong_ramus"} <= set(python(code, source).split())


def test_a_rule_that_waits_for_the_errors_says_so(judge: Judge) -> None:
    unused = add("movements", "rotation", id="circumduction", name="circumduction", synonyms=None)
    report = judge([unused, edit("attachments", "rhomboid-minor.origin.2", levels="C8")])
    assert [finding.code for finding in told(report)] == ["BD511"]
    waiting = {rule.did_not_run for rule in report.coverage if rule.code == "BD305"}
    assert waiting == {"errors were found, which come first"}


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ((edit("blood_supply", "rhomboid-minor.blood_supply.1", levels="T5–T2"),), "BD516"),
        ((edit("attachments", "rhomboid-minor.origin.1", also="unsourced"),), "BD427"),
        ((add("attachments", "rhomboid-minor.insertion.1", reading="alternative", part="lower third", page=None,
              source="braus-1921", also="gray-1918"),), "BD426"),
    ],
)  # fmt: skip
def test_one_cause_has_one_code(edits: tuple[Edit, ...], code: str, judge: Judge) -> None:
    assert {finding.code for finding in told(judge(edits))} == {code}


def test_without_the_column_open_nobody_is_called_closed(judge: Judge) -> None:
    report = judge([retitle("sources", open="offen")])
    (rule,) = [rule for rule in report.coverage if rule.code == "BD407"]
    assert rule.did_not_run
