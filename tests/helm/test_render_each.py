"""Renderings that are made some at once are those that are made one by one, and each failure is put on its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from todo_lint.helm.archive import pack_files
from todo_lint.helm.engine import EngineFailure, EngineResult, RenderOptions, Stage
from todo_lint.helm.launch import find_library
from todo_lint.helm.library import AHEAD, LibraryEngine
from todo_lint.helm.process import Child

OPTIONS = RenderOptions("rel", "1.37")
TEMPLATE = b"""\
{{- if .Values.stop }}{{ fail "stop" }}{{ end }}
{{- if .Values.loop }}{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}{{ end }}
{{- if .Values.crash }}{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t "Template" .Template) }}{{ end }}
number: {{ .Values.number }}
"""
ARCHIVE = pack_files(
    "app",
    {
        "Chart.yaml": b"apiVersion: v2\nname: app\nversion: 0.1.0\n",
        "values.yaml": b"number: 0\nstop: false\nloop: false\ncrash: false\n",
        "templates/a.yaml": TEMPLATE,
    },
)


@pytest.fixture
def engine() -> Iterator[LibraryEngine]:
    library = find_library()
    if library is None:
        pytest.skip("Helm's library is not built for this platform")
    engine = LibraryEngine(library, 512 << 20)
    yield engine
    engine.close()


def numbered(count: int, **others: int) -> list[dict[str, object]]:
    """Values with the numbers from 0; ``stop=3`` lets the one with number 3 stop."""
    return [{"number": n, **{key: True for key, at in others.items() if at == n}} for n in range(count)]


def outcomes(engine: LibraryEngine, values: list[dict[str, object]], left: float = 20) -> list[str | Stage]:
    """What each rendering came to: the rendered number, or the stage that failed."""
    return [shown(result) for result in engine.render_each(ARCHIVE, values, OPTIONS, lambda: left)]  # type: ignore[arg-type]


def shown(result: EngineResult | EngineFailure) -> str | Stage:
    if isinstance(result, EngineFailure):
        return result.stage
    return result.files["app/templates/a.yaml"].strip().removeprefix("number: ")


def test_each_rendering_comes_in_its_turn(engine: LibraryEngine) -> None:
    assert outcomes(engine, numbered(60)) == [str(n) for n in range(60)]


def test_one_that_fails_leaves_the_others_as_they_are(engine: LibraryEngine) -> None:
    assert outcomes(engine, numbered(9, stop=4)) == ["0", "1", "2", "3", Stage.RENDER, "5", "6", "7", "8"]


def test_one_that_takes_for_ever_is_the_one_that_is_ended(engine: LibraryEngine) -> None:
    assert outcomes(engine, numbered(9, loop=3), 1.5) == [
        *("0", "1", "2", Stage.DEADLINE, "4", "5", "6", "7", "8"),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the memory of a process is limited on POSIX")
def test_one_that_crashes_is_the_one_that_is_blamed(engine: LibraryEngine) -> None:
    found = outcomes(engine, numbered(7, crash=2))

    assert found.pop(2) in (Stage.CRASH, Stage.MEMORY)
    assert found == ["0", "1", "3", "4", "5", "6"]


def test_two_that_end_the_engine_are_told_apart(engine: LibraryEngine) -> None:
    found = outcomes(engine, numbered(6, loop=1, crash=2), 4)

    assert found[1] == Stage.DEADLINE
    assert found[2] in (Stage.CRASH, Stage.MEMORY, Stage.DEADLINE)
    assert [found[0], *found[3:]] == ["0", "3", "4", "5"]


def test_the_engine_serves_on_after_it_was_left_in_the_middle(engine: LibraryEngine) -> None:
    some = engine.render_each(ARCHIVE, numbered(30), OPTIONS, lambda: 20.0)  # type: ignore[arg-type]
    assert shown(next(some)) == "0"
    some.close()  # type: ignore[attr-defined]

    result = engine.render(ARCHIVE, {"number": 77}, OPTIONS, 20)

    assert shown(result) == "77"


def test_nothing_is_restarted_where_all_went_well(engine: LibraryEngine) -> None:
    assert outcomes(engine, numbered(3)) == ["0", "1", "2"]
    pid = engine.pid
    assert outcomes(engine, []) == []
    assert outcomes(engine, numbered(2)) == ["0", "1"]
    assert engine.pid == pid


def test_no_more_are_sent_ahead_than_are_useful(engine: LibraryEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("todo_lint.helm.library.lanes", lambda: 2)
    taken: list[int] = []

    def given() -> Iterator[dict[str, int]]:
        for number in range(50):
            taken.append(number)
            yield {"number": number}

    some = engine.render_each(ARCHIVE, given(), OPTIONS, lambda: 20.0)
    assert shown(next(some)) == "0"
    some.close()  # type: ignore[attr-defined]

    assert len(taken) == 2 * AHEAD + 1


def test_the_archive_is_sent_once(engine: LibraryEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    exchange = Child.exchange

    def counted(child: Child, frames: list[bytes], answers: int, deadline: float) -> list[bytes]:
        sizes.extend(len(frame) for frame in frames[:1])
        return exchange(child, frames, answers, deadline)

    monkeypatch.setattr(Child, "exchange", counted)

    assert outcomes(engine, numbered(4)) == ["0", "1", "2", "3"]
    assert sizes == [len(ARCHIVE), 0, 0, 0]
