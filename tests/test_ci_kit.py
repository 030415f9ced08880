"""What others put into their CI: the action, the hooks and the snippets do what the guide says, by running their own commands."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from backdata import examples, registry
from backdata.cli import cli
from backdata.model import Edit, edit

ROOT = Path(__file__).parent.parent
CI = ROOT / "docs" / "ci"
FAULT = edit("muscles", "rhomboid-minor", constancy="allways")
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
NO_OTHER_CI = {"GITHUB_STEP_SUMMARY": "", "GITHUB_OUTPUT": ""}


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def project(folder: Path, *edits: Edit) -> Path:
    """A repository of somebody else: a folder ``raw`` and nothing more."""
    (folder / "raw").mkdir(parents=True)
    examples.write(folder / "raw", edits)
    return folder


def check_step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action as a runner does: inputs are put into its environment, then bash runs it."""
    action = loaded(ROOT / "action.yml")
    step = action["runs"]["steps"][-1]
    given = {name: spec["default"] for name, spec in action["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    env = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], text)
        for name, text in step["env"].items()
    }
    summary, output = folder / "summary.md", folder / "output.txt"
    environment = {**os.environ, **env, "PATH": PATH, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_the_action_marks_what_is_wrong_and_leaves_every_report(tmp_path: Path) -> None:
    folder = project(tmp_path / "theirs", FAULT)
    done = check_step(folder)
    assert done.returncode == 1, done.stderr
    (mark,) = (line for line in done.stdout.splitlines() if line.startswith("::error "))
    assert "allways" in mark
    assert "allways" in (folder / "summary.md").read_text("utf-8")
    outputs = dict(line.split("=", 1) for line in (folder / "output.txt").read_text().splitlines())
    promised = loaded(ROOT / "action.yml")["outputs"]
    assert outputs.keys() == promised.keys()
    assert json.loads((folder / outputs["sarif"]).read_text("utf-8"))["version"] == "2.1.0"
    assert "allways" in (folder / outputs["comment"]).read_text("utf-8")
    left = {path.name for path in (folder / outputs["reports"]).iterdir()}
    assert left == {"report.html", "report.json", "report.sarif", "report.md", "atlas.reviewed.xlsx"}


def test_the_action_passes_what_is_clean_or_known_or_not_severe(tmp_path: Path) -> None:
    assert check_step(project(tmp_path / "clean")).returncode == 0
    folder = project(tmp_path / "faulty", FAULT)
    assert check_step(folder, fail_on="never").returncode == 0
    known = folder / "known.json"
    (folder / "backdata-reports" / "report.json").rename(known)
    assert check_step(folder, baseline="known.json").returncode == 0


def test_the_action_takes_several_paths_and_paths_with_spaces(tmp_path: Path) -> None:
    folder = project(tmp_path / "theirs")
    (folder / "raw").rename(folder / "our atlas")
    assert check_step(folder, paths="our atlas\n").returncode == 0
    assert check_step(folder, paths="our atlas; touch owned").returncode == 2
    assert not (folder / "owned").exists()


def test_the_action_takes_inputs_through_the_environment_only() -> None:
    steps = loaded(ROOT / "action.yml")["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")], "an input could run as a command"


@pytest.mark.parametrize("hook", loaded(ROOT / ".pre-commit-hooks.yaml"), ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_when_a_sheet_changes_and_stops_the_commit_for_a_fault(
    hook: dict[str, Any], tmp_path: Path
) -> None:
    assert hook["language"] == "python", "installed from this repository, by its pyproject.toml"
    assert hook["pass_filenames"] is False
    files = re.compile(hook["files"])
    assert files.search("raw/muscles.xlsx")
    assert not files.search("src/backdata/cli/__init__.py")
    env = {**os.environ, "PATH": PATH, **NO_OTHER_CI}
    for edits, code in (((), 0), ((FAULT,), 1)):
        folder = project(tmp_path / f"project{code}", *edits)
        done = subprocess.run(shlex.split(hook["entry"]), cwd=folder, env=env, capture_output=True, timeout=300)
        assert done.returncode == code, done.stderr


def test_the_gitlab_snippet_runs_and_leaves_the_artifacts_it_names(tmp_path: Path) -> None:
    job = loaded(CI / "gitlab.yml")["backdata"]
    folder = project(tmp_path / "theirs", FAULT)
    script = "\n".join(job["script"])
    env = {**os.environ, "PATH": PATH, **NO_OTHER_CI}
    done = subprocess.run(["sh", "-ec", script], cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert "allways" in done.stdout
    for path in job["artifacts"]["reports"].values():
        assert (folder / path).stat().st_size > 0
    assert json.loads((folder / "reports/codequality.json").read_text("utf-8"))[0]["location"]["path"]


def test_the_snippets_use_what_is_there() -> None:
    workflow = loaded(CI / "github.yml")
    steps = workflow["jobs"]["check"]["steps"]
    (ours,) = (step for step in steps if "backdata@" in step.get("uses", ""))
    action = loaded(ROOT / "action.yml")
    assert ours["with"].keys() <= action["inputs"].keys()
    assert {*re.findall(r"steps\.backdata\.outputs\.([a-z]+)", (CI / "github.yml").read_text("utf-8"))} <= action[
        "outputs"
    ].keys()
    hooks = {hook["id"] for hook in loaded(ROOT / ".pre-commit-hooks.yaml")}
    assert {hook["id"] for hook in loaded(CI / "pre-commit.yml")["repos"][0]["hooks"]} <= hooks


def test_the_guide_names_commands_and_formats_that_exist() -> None:
    guide = (CI / "README.md").read_text("utf-8")
    for place in re.findall(r"\]\(([^)]+)\)", guide):
        assert (CI / place).exists(), place
    commands = {*re.findall(r"`backdata ([a-z]+)", guide)}
    assert commands
    assert commands <= {*cli.list_commands(None)}  # type: ignore[arg-type]
    assert {*re.findall(r"--output ([a-z]+)", guide)} <= registry.reporters().keys()
