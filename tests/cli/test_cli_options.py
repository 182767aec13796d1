"""Help, version, rules explained, and words that nearly are commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from todo_lint import commands
from todo_lint.__main__ import _may_render as may_render
from todo_lint.commands._names import command_names
from todo_lint.rules.registry import all_rules
from todo_lint.version import VERSION

TodoLint = Callable[..., Any]

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n"


def test_help_fits_a_screen_and_shows_examples(todo_lint: TodoLint) -> None:
    run = todo_lint("--help")
    lines = run.out.splitlines()
    assert run.code == 0
    assert run.err == ""
    assert 24 <= len(lines) <= 40
    assert all(len(line) <= 100 for line in lines)
    assert "  todo-lint chart/ " in run.out
    assert "helm template chart/ | todo-lint -" in run.out
    for option in ("-f, --values", "--set ", "--data-model", "--format", "--fail-on", "--version"):
        assert option in run.out
    for code in ("0 ", "1 ", "2 ", "3 "):
        assert code in run.out.partition("Exit codes:")[2]


def test_the_commands_have_help_of_their_own(run_inside: TodoLint) -> None:
    assert "--strict-kinds" in run_inside("check", "--help").out
    assert "--strict-kinds" in run_inside("chart/", "--help").out
    assert "[RULE]" in run_inside("explain", "--help").out


def test_the_version(todo_lint: TodoLint) -> None:
    run = todo_lint("--version")
    assert (run.code, run.out, run.err) == (0, f"todo-lint {VERSION}\n", "")


def test_explain_lists_every_rule(run_inside: TodoLint) -> None:
    run = run_inside("explain")
    assert run.code == 0
    assert [line.split()[0] for line in run.out.splitlines()] == [rule.id for rule in all_rules()]
    assert all(len(line.split()) > 3 for line in run.out.splitlines())


def test_explain_says_what_a_rule_finds(run_inside: TodoLint) -> None:
    run = run_inside("explain", "documented-port-differs")
    assert run.code == 0
    assert "documented-port-differs" in run.out
    assert len(run.out.splitlines()) > 5


@pytest.mark.parametrize(
    ("rule", "told"),
    [("nonsense", "`todo-lint explain` lists all rules"), ("documented-port-difers", "documented-port-differs?")],
)
def test_a_rule_that_is_none(run_inside: TodoLint, rule: str, told: str) -> None:
    run = run_inside("explain", rule)
    assert (run.code, run.out) == (2, "")
    assert len(run.failed) == 1
    assert f"there is no rule '{rule}'" in run.failed[0]
    assert told in run.failed[0]


@pytest.mark.parametrize(("word", "command"), [("explian", "explain"), ("chekc", "check"), ("explain_", "explain")])
def test_a_word_that_is_nearly_a_command_is_named(run_inside: TodoLint, word: str, command: str) -> None:
    run = run_inside(word)
    assert (run.code, run.out) == (2, "")
    (told,) = run.failed
    assert f"there is no file or folder '{word}'; did you mean the command '{command}'?" in told


@pytest.mark.parametrize("path", ["chart", "./explian", "explian.yaml"])
def test_a_missing_path_that_is_no_such_word(run_inside: TodoLint, path: str) -> None:
    run = run_inside(path)
    assert run.code == 2
    assert run.failed == [f"failed: {path}: there is no such file or folder"]


def test_paths_that_look_like_commands(tmp_path: Path, run_inside: TodoLint) -> None:
    for name in ("explain", "explian", "check", "-odd.yaml"):
        (tmp_path / name).write_text(GOOD)
    for arguments in (["./explain"], ["explian"], ["check", "explain"], ["check", "check"], ["--", "-odd.yaml"]):
        run = run_inside(*arguments, "--format", "json") if "--" not in arguments else run_inside(*arguments)
        assert run.code == 0, arguments
        assert "failed" not in run.out


def test_an_output_of_few_characters_shows_the_others_as_escapes(shipped: Path, todo_lint: TodoLint) -> None:
    values = shipped / "values.yaml"
    values.write_text(values.read_text().replace("port: 8000", "port: 9000"))
    document = shipped.parent / "policies" / "data-model.md"
    document.write_text(document.read_text().replace("- **Port**: 8000", "- **Port**: 8000 \u2192 ok"))
    run = todo_lint("chart/", PYTHONIOENCODING="ascii")
    assert run.code == 1
    assert "error[documented-port-differs]" in run.out


def test_no_colour_but_on_a_terminal(tmp_path: Path, todo_lint: TodoLint) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + "nonsense: 1\n")
    assert "\x1b" not in todo_lint("a.yaml").out


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_on_a_terminal(tmp_path: Path, more: dict[str, str], coloured: bool) -> None:
    import pty

    (tmp_path / "a.yaml").write_text(GOOD + "nonsense: 1\n")
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "todo_lint", "a.yaml"]
    env = {**kept, "TERM": "xterm", **more}
    done = subprocess.run(command, cwd=tmp_path, stdout=theirs, env=env, check=False)
    os.close(theirs)
    out = os.read(ours, 1 << 16)
    os.close(ours)
    assert done.returncode == 1
    assert (b"\x1b[1;31merror[unknown-field]\x1b[0m" in out) == coloured
    assert (b"\x1b" in out) == coloured


def test_each_module_of_the_package_is_a_command_with_help(run_inside: TodoLint) -> None:
    folder = Path(commands.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert {"check", "explain"} <= modules
    assert command_names() == tuple(sorted(module.replace("_", "-") for module in modules))
    listed = run_inside("--help").out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == list(command_names())
    for name in command_names():
        run = run_inside(name, "--help")
        assert (run.code, run.err) == (0, "")
        assert run.out.startswith(f"Usage: todo-lint {name} ")


def test_a_command_is_imported_only_when_it_is_called() -> None:
    program = (
        "import sys; from todo_lint import cli; cli.run(['explain', 'unknown-field']);"
        "print([name for name in sys.modules if name.startswith('todo_lint.commands.') and '._' not in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['todo_lint.commands.explain']"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ex", {"plain,explain"}),
        ("ch", {"plain,check", "file,ch"}),
        ("--fo", {"plain,--format"}),
        ("--ver", {"plain,--version"}),
        ("chart/ --fail", {"plain,--fail-on"}),
        ("chart/ --format t", {"plain,text"}),
        ("check --data-model d", {"file,d"}),
        ("explain unknown-f", {"plain,unknown-field"}),
    ],
)
def test_completion_in_a_shell(todo_lint: TodoLint, words: str, offered: set[str]) -> None:
    more = {
        "_TODO_LINT_COMPLETE": "bash_complete",
        "COMP_WORDS": f"todo-lint {words}",
        "COMP_CWORD": str(len(words.split())),
    }
    run = todo_lint(**more)
    assert (run.code, run.err) == (0, "")
    assert offered <= set(run.out.splitlines())


def test_only_what_kubernetes_refuses(todo_lint: TodoLint, tmp_path: Path) -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {a: b}, ports: [{port: %s}]}\n"
    (tmp_path / "wrong.yaml").write_text(service % "99999999999999999999")
    (tmp_path / "good.yaml").write_text(service % "80")  # selects nothing, which a server does not mind
    run = todo_lint("check", "wrong.yaml", "good.yaml", "--only", "kubernetes", "--format", "json")

    (finding,) = run.report["findings"]
    assert run.code == 1
    assert (finding["rule"], finding["severity"], finding["path"]) == ("wrong-type", "error", "spec.ports[0].port")
    assert finding["message"].startswith("port is the number 100000000000000000000, which does not fit into 32 bits")
    assert (finding["location"]["file"], finding["location"]["line"]) == ("wrong.yaml", 4)
    assert (run.report["summary"]["documents"], run.report["summary"]["checked"]) == (2, 2)


def test_a_field_whose_parent_is_missing_is_named_whole(todo_lint: TodoLint, tmp_path: Path) -> None:
    text = "apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind: FlowSchema\nmetadata: {name: a}\n"
    (tmp_path / "a.yaml").write_text(text)
    run = todo_lint("check", "a.yaml", "--only", "kubernetes", "--format", "json")

    assert [finding["message"] for finding in run.report["findings"]] == [
        "spec.priorityLevelConfiguration.name is missing"
    ]


@pytest.mark.parametrize("arguments", [["explain", "unknown-field"], ["--help"], ["a.yaml"], ["-"]])
def test_no_worker_is_started_where_no_chart_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "folder").mkdir()
    assert not may_render(arguments)
    assert not may_render(["folder"])  # charts in folders below it start one when they are found
    (tmp_path / "folder" / "Chart.yaml").touch()
    assert may_render(["graph", "folder/"])
    assert may_render(["--data-model", "a.md", "folder"])
    assert may_render(["app-1.0.0.tgz"])
