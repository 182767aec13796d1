"""Very many manifest files: in batches, by several processes, with the same outcome as together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_lint.config import Config
from todo_lint.errors import ToolError, UserError
from todo_lint.helm.profiles import ValueOptions
from todo_lint.records import replace
from todo_lint.stages import check_many, pool
from todo_lint.stages.check_batch import Orders
from todo_lint.stages.check_manifests import check_manifests
from todo_lint.stages.inputs import ManifestUnit, units_of
from todo_lint.stages.paths import Batches, Paths
from todo_lint.stages.pool import map_in_processes
from todo_lint.stages.request import Settings
from todo_lint.stages.unit_result import UnitResult

SETTINGS = Settings(ValueOptions(), "", "default", None, (), None, False, 30.0, only_kubernetes=False)
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m-%d}\ndata: {a: b}\n"
BAD_SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n    - port: 99999\n"
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: correct-horse}\n"
LEAK = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: correct-horse_}\n"
LAMP = "apiVersion: example.com/v1\nkind: Lamp\nmetadata: {name: desk}\nspec: {watts: 75}\n"
LAMPS = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Lamp, plural: lamps}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {watts: {type: integer, maximum: 60}}}}
"""

Write = Callable[..., ManifestUnit]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a folder of 30 small files and those given; few files count as many here."""
    monkeypatch.setattr(check_many, "MANY", 10)
    monkeypatch.setattr(check_many, "_BATCH", 4)

    def write(**files: str) -> ManifestUnit:
        for number in range(30):
            (tmp_path / f"m{number:02}.yaml").write_text(MAP % number)
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        (unit,) = units_of(str(tmp_path))
        assert isinstance(unit, ManifestUnit)
        return unit

    return write


def places(result: UnitResult) -> list[tuple[str, str, int | None, int | None]]:
    found = [(f.rule, Path(f.location.file).name, f.location.line, f.location.column) for f in result.findings]
    return sorted(found)


def test_findings_are_those_of_the_files_together(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = write(a=BAD_SERVICE, n=BAD_SERVICE.replace("name: s", "name: t"), z="kind: Service\n", y="a: [1\n")

    many = check_manifests(unit, SETTINGS, Config())
    monkeypatch.setattr(check_many, "MANY", 1000)
    together = check_manifests(unit, SETTINGS, Config())

    assert places(many) == [("out-of-range", "a.yaml", 7, 13), ("out-of-range", "n.yaml", 7, 13)]
    assert places(together) == places(many)
    assert (many.documents, many.resources, many.checked) == (34, 32, 32)
    assert (together.documents, together.resources, together.checked) == (34, 32, 32)
    assert sorted(map(str, many.skipped)) == sorted(map(str, together.skipped))
    assert [failure.message for failure in many.failures] == [failure.message for failure in together.failures]
    (remark,) = many.remarks
    assert "34 files are checked one by one" in remark


LOST = (
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: c:1\n"
    "      envFrom:\n        - configMapRef:\n            name: m-9x\n"
)


def test_references_are_looked_at_where_that_is_asked(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = write(p=LOST)

    asked = check_manifests(unit, replace(SETTINGS, together=True), Config())

    assert places(check_manifests(unit, SETTINGS, Config())) == []
    assert places(asked) == [("config-map-not-rendered", "p.yaml", 11, 19)]
    assert not any("one by one" in remark for remark in asked.remarks)


def test_without_references_to_look_at_batches_begin_earlier(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_many, "MANY", 1000)
    monkeypatch.setattr(check_many, "MANY_ALONE", 10)

    alone = check_manifests(write(), replace(SETTINGS, only_kubernetes=True), Config())

    assert any("one by one" in remark for remark in alone.remarks)


def test_a_definition_in_another_batch_is_used(write: Write) -> None:
    result = check_manifests(write(a=LAMP, z=LAMPS), SETTINGS, Config())

    assert places(result) == [("out-of-range", "a.yaml", 4, 15)]
    assert result.skipped == ()
    assert result.checked == result.resources == 32


def test_kinds_that_nothing_defines_are_skipped_once(write: Write) -> None:
    result = check_manifests(write(a=LAMP), SETTINGS, Config())

    assert [skip.resource for skip in result.skipped] == ["Lamp/desk"]
    assert (result.resources, result.checked) == (31, 30)


def test_a_definition_that_the_configuration_names_is_used(write: Write, tmp_path: Path) -> None:
    unit = write(a=LAMP)
    (tmp_path / "crds").mkdir()
    (tmp_path / "crds" / "lamps.yaml").write_text(LAMPS)

    many = check_manifests(unit, SETTINGS, Config(crds=(str(tmp_path / "crds"),)))
    few = check_manifests(
        ManifestUnit("a.yaml", (str(tmp_path / "a.yaml"),), named=True),
        SETTINGS,
        Config(crds=(str(tmp_path / "crds" / "lamps.yaml"),)),
    )

    assert places(many) == places(few) == [("out-of-range", "a.yaml", 4, 15)]


@pytest.mark.parametrize(("text", "message"), [("a: b\n", "no CustomResourceDefinition"), ("a: [", "no YAML")])
def test_a_named_definition_that_is_none_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    unit = ManifestUnit("x", (str(tmp_path / "x.yaml"),), named=True)

    with pytest.raises(UserError, match=message):
        check_manifests(unit, SETTINGS, Config(crds=(str(tmp_path / "x.yaml"),)))


def test_secrets_of_every_batch_are_known(write: Write) -> None:
    result = check_manifests(write(a=SECRET, z=LEAK), SETTINGS, Config())

    assert "correct-horse" in result.secrets
    assert [rule for rule, *_ in places(result)] == ["invalid-name"]


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.yaml").write_text("# nothing\n")
    (unit,) = units_of(str(tmp_path))
    assert isinstance(unit, ManifestUnit)

    with pytest.raises(UserError, match="0 documents"):
        check_many.check_many(unit, Orders(("1.37",), named=False))


@pytest.mark.parametrize("fork", [pool._FORKS, False])
def test_results_come_in_order(fork: bool) -> None:
    assert list(map_in_processes(str, list(range(23)), fork=fork, workers=3)) == [str(n) for n in range(23)]


def test_one_slow_item_does_not_keep_the_others_waiting() -> None:
    """Whoever is ready takes the next item; the results come in order all the same."""
    items = list(range(40))
    results = list(map_in_processes(_who, items, fork=pool._FORKS, workers=2))

    assert [number for number, _ in results] == items
    if pool._FORKS:
        slow = results[0][1]
        assert sum(pid == slow for _, pid in results) < 20


def _who(number: int) -> tuple[int, int]:
    time.sleep(0.3 if number == 0 else 0.001)
    return number, os.getpid()


def test_large_results_come_whole() -> None:
    assert [len(text) for text in map_in_processes(_long, [300_000, 1, 500_000], workers=2)] == [300_000, 1, 500_000]


def _long(length: int) -> str:
    return "x" * length


def _fails_at_five(number: int) -> int:
    if number == 5:
        raise ValueError("five")
    return number


def _dies_at_five(number: int) -> int:
    if number == 5:
        os._exit(1)
    return number


@pytest.mark.skipif(not pool._FORKS, reason="processes are forked on Linux only")
@pytest.mark.parametrize(
    ("work", "message"), [(_fails_at_five, "ValueError"), (_dies_at_five, "ended before it was done")]
)
def test_a_worker_that_fails_ends_the_run(work: Callable[[int], int], message: str) -> None:
    with pytest.raises(ToolError, match=message):
        list(map_in_processes(work, list(range(10)), fork=True, workers=2))


@pytest.mark.skipif(not pool._FORKS, reason="processes are forked on Linux only")
def test_a_reader_that_stops_early_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def note() -> int:
        pid = fork()
        started.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", note)
    results = map_in_processes(lambda number: "x" * 100_000, list(range(100)), fork=True, workers=2)
    assert next(iter(results)).startswith("x")
    results.close()  # type: ignore[attr-defined]

    assert len(started) == 2
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


paths = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6), max_size=200)


@settings(deadline=None)
@given(paths, st.integers(0, 200), st.integers(0, 200), st.integers(1, 60))
def test_packed_paths_are_a_sequence_like_any_other(given: list[str], start: int, stop: int, size: int) -> None:
    with mock.patch("todo_lint.stages.paths._CHUNK", 40):
        _assert_alike(Paths(given), given, start, stop, size)


def _assert_alike(packed: Paths, given: list[str], start: int, stop: int, size: int) -> None:
    assert (len(packed), list(packed)) == (len(given), given)
    assert packed[start:stop] == given[start:stop]
    assert [packed[number] for number in range(len(given))] == given
    batches = Batches(packed, size)
    assert [list(batch) for batch in batches] == [given[at : at + size] for at in range(0, len(given), size)]
    assert list(batches[1:]) == list(batches)[1:]


def test_packed_paths_keep_bytes_that_are_no_text() -> None:
    name = os.fsdecode(b"a/\xff.yaml")

    assert list(Paths([name] * 245)) == [name] * 245


def test_secrets_of_all_batches_are_known_where_there_is_something_to_tell(write: Write) -> None:
    assert check_manifests(write(a=SECRET), SETTINGS, Config()).secrets == frozenset()
    told = check_manifests(write(a=SECRET, n=BAD_SERVICE, z=SECRET.replace("correct", "another")), SETTINGS, Config())

    assert {"correct-horse", "another-horse"} <= told.secrets
