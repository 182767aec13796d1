"""What a plain ``todo-lint chart/`` imports: the start is most of a run, and no feature may slow it unnoticed.

Times depend on the machine; imports do not. Whatever only some runs need is imported where it is needed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORTING = """
import json, sys
from todo_lint.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""

HEAVY = (
    "click",
    "dataclasses",
    "inspect",
    "hashlib",
    "importlib.resources",
    "jsonschema",
    "jsonschema_rs",
    "kubernetes_validate",
    "markdown_it",
    "helm_python",
    "cel_expr_python",
    "logging",
    "multiprocessing",
    "referencing",
    "shutil",
    "socket",
    "ssl",
    "subprocess",
    "tarfile",
    "tempfile",
    "traceback",
    "difflib",
)
"""Modules that take milliseconds to import, and that no run without findings needs."""

UNNEEDED = (
    "todo_lint.commands.check",
    "todo_lint.helm.program",
    "todo_lint.helm.package",
    "todo_lint.model.reading",
    "todo_lint.report.json",
    "todo_lint.rules.conformance",
    "todo_lint.rules.documentation",
    "todo_lint.stages.check_manifests",
    "todo_lint.stages.explain_findings",
    "todo_lint.stages.objections",
    "todo_lint.stages.one_cause",
    "todo_lint.stages.propose_fix",
)
"""Modules of todo-lint, or packages of such, that such a run has no use for."""

JUDGING = (
    "todo_lint.kubernetes.validate",
    "todo_lint.manifests.resources",
    "todo_lint.model.statements",
    "todo_lint.rules",
    "todo_lint.stages.judge_chart",
)
"""What a chart needs that has changed since it was judged."""

Imported = Callable[..., set[str]]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """The modules in the memory of a run in a copy of the shipped chart, with a cache of its own."""
    for part in ("chart", "policies"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / ".git").mkdir()

    def modules(*arguments: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", REPORTING, *arguments],
            cwd=tmp_path,
            env={"TODO_LINT_CACHE_DIR": str(tmp_path / "cache"), "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        code, names = json.loads(done.stderr)
        assert code == 0, done.stdout
        return set(names)

    return modules


def _of(found: set[str], unwanted: tuple[str, ...]) -> list[str]:
    return sorted(name for name in found if name in unwanted or name.startswith(tuple(f"{one}." for one in unwanted)))


def test_a_clean_chart_is_checked_without_heavy_imports(imported: Imported, tmp_path: Path) -> None:
    imported("chart/")  # reads the document, and remembers it
    for entry in (tmp_path / "cache").glob("*.verdict"):
        entry.unlink()
    found = imported("chart/")
    assert _of(found, HEAVY) == []
    assert _of(found, UNNEEDED) == []


def test_a_chart_that_was_judged_before_is_rendered_and_nothing_that_judges_is_imported(imported: Imported) -> None:
    imported("chart/")
    found = imported("chart/")
    assert "todo_lint.helm.library" in found
    assert _of(found, (*HEAVY, *UNNEEDED, *JUDGING)) == []


def test_many_plain_manifests_are_checked_without_libyaml_and_what_looks_at_several(
    imported: Imported, tmp_path: Path
) -> None:
    (tmp_path / "many").mkdir()
    for number in range(2000):
        text = f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a{number}\n"
        (tmp_path / "many" / f"a{number}.yaml").write_text(text, encoding="utf-8")
    found = imported("many")
    assert "todo_lint.stages.check_many" in found
    unneeded = ("yaml", "todo_lint.kubernetes_yaml.composer", "todo_lint.model.equality")
    assert _of(found, (*unneeded, "todo_lint.stages.check_together")) == []


def test_the_worker_is_started_before_anything_is_imported() -> None:
    program = "import sys; from todo_lint.helm import launch; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-P", "-c", program], capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": str(ROOT / "src")})  # fmt: skip
    names = set(done.stdout.split())
    assert "todo_lint.helm.launch" in names, done.stderr
    assert {"re", "enum", "typing", "pathlib", "json", "subprocess", "threading"}.isdisjoint(names)


def test_the_first_reading_of_a_document_is_what_imports_its_reader(imported: Imported) -> None:
    """The guard above would say nothing if the names that it looks for were never imported."""
    assert _of(imported("chart/"), ("todo_lint.model.reading",))
    assert "jsonschema_rs" not in imported("chart/", "--format", "json")
    assert "todo_lint.report.json" in imported("chart/", "--format", "json")
    assert "click" in imported("chart/", "--format", "json")


def test_the_list_names_modules_that_exist() -> None:
    from importlib.util import find_spec

    for name in (*HEAVY, *UNNEEDED):
        assert find_spec(name) is not None, name
