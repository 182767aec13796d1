"""What is kept of the schemas changes nothing but the time that a run takes."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.kubernetes.cases import RARE_CASES, USUAL, changed

from todo_lint import cli
from todo_lint.cache_folder import VARIABLE, recall_entry
from todo_lint.kubernetes import constraints, schema_cache, validate
from todo_lint.kubernetes.gate import gate
from todo_lint.kubernetes.plan import plan
from todo_lint.kubernetes.schemas import SchemaStore, schema_store
from todo_lint.kubernetes.validate import check_object

MEMORIES = (
    schema_store,
    gate,
    plan,
    constraints.overlays,
    constraints.value_fields,
    constraints._tables,
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")


def forget() -> None:
    """Begin as a new process does."""
    schema_cache._offered.clear()
    validate._gates = validate._Gates()
    for memory in MEMORIES:
        memory.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache that is on, in a folder that does not exist yet."""
    place = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(place))
    forget()
    yield place
    forget()


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def contents(folder: Path) -> dict[str, Any]:
    """What the entries hold, by name: how marshal writes equal values depends on what else refers to them."""
    bodies = {path.name: recall_entry(path.name) for path in entries(folder)}
    return {name: marshal.loads(body) for name, body in bodies.items() if body is not None}  # noqa: S302 - our own


def judge() -> list[Any]:
    """The verdicts on some objects in a new process, which then keeps what it has read."""
    forget()
    objects = [USUAL["deployment"], USUAL["hpa"], *(changed(case) for case in RARE_CASES[:20])]
    verdicts = [check_object(value) for value in objects]
    schema_cache.keep_all()
    return verdicts


def refuse_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail where files that ship are read."""

    def read(_: SchemaStore, names: list[str]) -> None:
        assert not names, "definitions were read"

    monkeypatch.setattr("todo_lint.kubernetes.schemas.load_index", lambda _: pytest.fail("the index was read"))
    monkeypatch.setattr(SchemaStore, "_read", read)
    monkeypatch.setattr(constraints, "overlay_entries", lambda: pytest.fail("overlays were read"))


def test_a_later_run_reads_no_files_that_ship(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judge()
    assert [path.name.rpartition("-")[0] for path in entries(folder)] == ["constraints", "schemas-1.37"]
    states = [path.stat().st_mtime_ns for path in entries(folder)]
    refuse_to_read(monkeypatch)

    assert judge() == first
    assert [path.stat().st_mtime_ns for path in entries(folder)] == states


def test_a_run_that_needs_more_adds_it(folder: Path) -> None:
    check_object(USUAL["configmap"])
    schema_cache.keep_all()
    (before,) = (path.stat().st_size for path in folder.glob("schemas-*"))

    judge()

    (after,) = (path.stat().st_size for path in folder.glob("schemas-*"))
    assert after > before


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 500])
def test_a_damaged_entry_is_made_anew(folder: Path, damage: bytes) -> None:
    first = judge()
    whole = contents(folder)
    for name in whole:
        (folder / name).write_bytes(damage)

    assert judge() == first
    assert contents(folder) == whole


def test_a_truncated_entry_is_made_anew(folder: Path) -> None:
    first = judge()
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[:-1])

    assert judge() == first


@posix
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judge()
    folder.chmod(0o777)
    for path in entries(folder):
        path.unlink()

    assert judge() == first
    assert entries(folder) == []


@posix
def test_a_folder_of_somebody_else_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judge()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr("marshal.loads", lambda _: pytest.fail("somebody else's entry was read"))

    assert judge() == first


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    (tmp_path / "file").write_text("this is no folder")

    assert judge() == judge()
    assert (tmp_path / "file").read_text() == "this is no folder"


def test_an_entry_is_there_wholly_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        first = judge()
    assert entries(folder) == []
    assert judge() == first
    assert len(entries(folder)) == 2


def test_another_version_or_changed_files_have_another_entry(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.json"
    source.write_text("{}")
    key = schema_cache._key("a", [str(source)])
    source.write_text('{"a": 1}')

    assert schema_cache._key("a", [str(source)]) != key
    assert schema_cache._key("b", [str(source)]) != schema_cache._key("a", [str(source)])


def test_off_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")

    assert judge() == judge()
    assert entries(folder) == []


def test_a_run_keeps_what_it_read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    file = str(tmp_path / "a.yaml")

    assert cli.run([file]) == 0
    first = capsys.readouterr()
    forget()
    assert len(list(folder.glob("*.schemas"))) == 2
    assert cli.run([file]) == 0
    assert capsys.readouterr() == first
