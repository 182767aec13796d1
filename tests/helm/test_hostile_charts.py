"""A chart is untrusted: whatever its templates do, the run goes on and no process is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from todo_lint.errors import ToolError
from todo_lint.helm.archive import pack_files
from todo_lint.helm.engine import RenderOptions
from todo_lint.helm.failures import RenderProblem
from todo_lint.helm.launch import WORKER, find_library, launch_early, take_early
from todo_lint.helm.library import LibraryEngine
from todo_lint.helm.process import Child
from todo_lint.helm.render import Rendered, Renderer, RenderFailure

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and process ids of POSIX")
OPTIONS = RenderOptions("rel", "1.37")
CHART_YAML = b"apiVersion: v2\nname: app\nversion: 0.1.0\n"
SMALL_MEMORY = 512 << 20

LOOP = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"
TPL_RECURSION = '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t "Template" .Template) }}'
MEMORY = '{{ $x := "0123456789abcdef" }}{{ range until 40 }}{{ $x = printf "%s%s" $x $x }}{{ end }}{{ len $x }}'
CYCLIC = '{{ $d := dict "a" 1 }}{{ $_ := set $d "self" $d }}{{ $d }}'
CYCLIC_COPY = '{{ $d := dict "a" 1 }}{{ $_ := set $d "self" $d }}{{ deepCopy $d | toYaml }}'
REPEAT = '{{ repeat 2000000000 "0123456789abcdef" }}'


def archive_of(template: str) -> bytes:
    return pack_files("app", {"Chart.yaml": CHART_YAML, "templates/a.yaml": template.encode()})


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def engine() -> Iterator[LibraryEngine]:
    library = find_library()
    if library is None:
        pytest.skip("Helm's library is not built for this platform")
    engine = LibraryEngine(library, SMALL_MEMORY)
    yield engine
    engine.close()


@POSIX
@pytest.mark.parametrize(
    ("template", "kinds"),
    [
        pytest.param(LOOP, {RenderProblem.DEADLINE}, id="endless loop"),
        pytest.param(TPL_RECURSION, {RenderProblem.DEADLINE, RenderProblem.MEMORY, RenderProblem.CRASH}, id="tpl"),
        pytest.param(MEMORY, {RenderProblem.DEADLINE, RenderProblem.MEMORY}, id="memory"),
        pytest.param(CYCLIC, {RenderProblem.CRASH, RenderProblem.MEMORY, RenderProblem.DEADLINE}, id="cyclic dict"),
        pytest.param(CYCLIC_COPY, {RenderProblem.CRASH, RenderProblem.MEMORY, RenderProblem.DEADLINE}, id="deepCopy"),
        pytest.param(REPEAT, {RenderProblem.DEADLINE, RenderProblem.MEMORY, RenderProblem.CRASH}, id="repeat"),
    ],
)
def test_a_hostile_template_ends_in_time_and_the_next_render_works(
    engine: LibraryEngine, template: str, kinds: set[RenderProblem]
) -> None:
    renderer = Renderer(engine)
    assert isinstance(renderer.render(archive_of("a: 1"), {}, OPTIONS, 20), Rendered)
    pid = engine.pid
    assert pid is not None
    began = time.monotonic()
    failure = renderer.render(archive_of(template), {}, OPTIONS, 1)
    assert time.monotonic() - began < 2
    assert isinstance(failure, RenderFailure)
    assert failure.kind in kinds
    assert failure.ended_engine
    assert "\n" not in failure.message
    assert not alive(pid)
    after = renderer.render(archive_of("a: 2"), {}, OPTIONS, 20)
    assert isinstance(after, Rendered)
    assert after.files == {"app/templates/a.yaml": "a: 2"}
    assert engine.pid not in (None, pid)


@POSIX
def test_the_memory_limit_is_named_as_the_reason(engine: LibraryEngine) -> None:
    failure = Renderer(engine).render(archive_of(MEMORY), {}, OPTIONS, 20)
    assert isinstance(failure, RenderFailure)
    assert failure.kind == RenderProblem.MEMORY
    assert failure.message == "rendering took more memory than it may and was stopped"


def test_the_deadline_is_named_as_the_reason(engine: LibraryEngine) -> None:
    failure = Renderer(engine).render(archive_of(LOOP), {}, OPTIONS, 0.5)
    assert isinstance(failure, RenderFailure)
    assert failure.message == "rendering took longer than 0.5 s and was stopped"


@POSIX
def test_closing_leaves_no_worker(engine: LibraryEngine) -> None:
    with Renderer(engine) as renderer:
        renderer.start()
        pid = engine.pid
        assert pid is not None
        assert alive(pid)
    assert not alive(pid)


@POSIX
def test_a_dismissed_worker_is_gone_soon_and_waited_for_later(engine: LibraryEngine) -> None:
    with Renderer(engine) as renderer:
        renderer.start()
        first = engine.pid
        assert first is not None
        renderer.dismiss()
        assert engine.pid is None
        until = time.monotonic() + 5
        while alive(first):
            assert time.monotonic() < until
            time.sleep(0.01)
        renderer.start()
        assert engine.pid not in (None, first)
        renderer.dismiss()  # which waits for the first
    with pytest.raises(ChildProcessError):
        os.waitpid(first, os.WNOHANG)


PARENT = """
import sys
from todo_lint.helm.engine import RenderOptions
from todo_lint.helm.launch import find_library
from todo_lint.helm.library import LibraryEngine
engine = LibraryEngine(find_library())
archives = [bytes.fromhex(text) for text in sys.argv[1:]]
engine.render(archives[0], {}, RenderOptions("rel", "1.37"), 20)
print(engine.pid, flush=True)
if len(archives) > 1:
    engine.render(archives[1], {}, RenderOptions("rel", "1.37"), 60)
sys.stdin.read()
"""


@POSIX
@pytest.mark.parametrize("templates", [("a: 1",), ("a: 1", LOOP)], ids=["idle", "in a looping render"])
def test_a_killed_parent_leaves_no_worker(templates: tuple[str, ...]) -> None:
    arguments = [sys.executable, "-c", PARENT, *(archive_of(template).hex() for template in templates)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.3)  # time to be in the middle of the loop
        assert alive(pid)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert wait_until_gone(pid, 2)


@pytest.mark.parametrize("module", ["json", "ctypes", "encodings", "_thread"])
def test_a_module_of_the_current_folder_is_not_executed(
    engine: LibraryEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    mark = tmp_path / "executed"
    (tmp_path / f"{module}.py").write_text(f"open({str(mark)!r}, 'w')\nraise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert isinstance(Renderer(engine).render(archive_of("a: 1"), {}, OPTIONS, 20), Rendered)
    assert not mark.exists()


def test_a_library_that_cannot_be_loaded_is_a_tool_error(tmp_path: Path) -> None:
    library = tmp_path / "libhelm_c.so"
    library.write_text("no library")
    engine = LibraryEngine(str(library))
    with pytest.raises(ToolError, match="Helm's library cannot be loaded"):
        engine.render(archive_of("a: 1"), {}, OPTIONS, 20)
    assert engine.pid is None


def test_a_python_without_a_program_is_a_tool_error(engine: LibraryEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(ToolError, match=r"sys\.executable is empty"):
        engine.start()


@POSIX
def test_a_worker_that_died_while_idle_is_replaced(engine: LibraryEngine) -> None:
    renderer = Renderer(engine)
    renderer.render(archive_of("a: 1"), {}, OPTIONS, 20)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    first = renderer.render(archive_of("a: 1"), {}, OPTIONS, 20)
    assert isinstance(first, RenderFailure)
    assert first.kind == RenderProblem.CRASH
    assert isinstance(renderer.render(archive_of("a: 1"), {}, OPTIONS, 20), Rendered)


def test_the_worker_needs_nothing_but_the_standard_library() -> None:
    text = Path(WORKER).read_text(encoding="utf-8")
    assert "todo_lint" not in "".join(line for line in text.splitlines() if "import" in line and "#" not in line)
    child = Child([sys.executable, "-I", "-S", "-P", WORKER, os.devnull, str(SMALL_MEMORY), "1"], dict(os.environ))
    (problem,) = child.exchange([], 1, 20)
    child.end()
    assert problem  # it came as far as loading what is no library


@POSIX
@pytest.mark.parametrize("size", [1, 5_000_000])  # the latter does not fit into a pipe, so that writing it waits
def test_a_worker_that_does_not_go_on_is_ended_at_the_deadline(engine: LibraryEngine, size: int) -> None:
    renderer = Renderer(engine)
    renderer.render(archive_of("a: 1"), {}, OPTIONS, 20)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGSTOP)
    started = time.monotonic()
    failure = renderer.render(b"x" * size, {}, OPTIONS, 0.3)
    assert time.monotonic() - started < 5
    assert isinstance(failure, RenderFailure)
    assert failure.kind == RenderProblem.DEADLINE
    assert isinstance(renderer.render(archive_of("a: 1"), {}, OPTIONS, 20), Rendered)


def test_a_worker_that_was_started_early_is_taken_over_once() -> None:
    library = find_library()
    assert library is not None
    launch_early()
    launch_early()
    with Renderer() as renderer:
        assert isinstance(renderer.render(archive_of("a: 1"), {}, OPTIONS, 20), Rendered)
        assert take_early() is None


def test_starting_early_imports_no_heavy_module() -> None:
    code = "import sys, todo_lint.helm.launch; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"dataclasses", "enum", "re", "typing", "subprocess", "threading", "json"} & (
        set(done.stdout.split()) - site_modules()
    )


def site_modules() -> set[str]:
    """What this interpreter imports by itself, for example for editable installs."""
    code = "import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
