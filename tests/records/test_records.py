"""Records behave as the standard library's frozen dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest

from todo_lint import records


def classes(module: Any) -> tuple[type, type, type]:
    """The same three classes, made by the given module."""

    @module.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        tags: list[str] = module.field(default_factory=list)
        hidden: str = module.field(default="", repr=False, compare=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    @module.dataclass(slots=True)
    class Counter:
        step: int
        count: int = module.field(init=False)

        def __post_init__(self) -> None:
            self.count = self.step * 2

    @module.dataclass(slots=True, eq=False)
    class Node:
        name: str = "n"

    return Point, Counter, Node


BOTH = pytest.mark.parametrize("module", [records, dataclasses], ids=["records", "dataclasses"])


@BOTH
def test_fields_defaults_and_factories(module: Any) -> None:
    point, _, _ = classes(module)
    made, other = point(1), point(x=1, y=3, tags=["a"])
    assert (made.x, made.y, made.tags, made.total) == (1, 2, [], 3)
    assert (other.y, other.tags) == (3, ["a"])
    assert point(1).tags is not made.tags


@BOTH
def test_wrong_arguments_are_refused(module: Any) -> None:
    point, counter, _ = classes(module)
    with pytest.raises(TypeError, match="argument"):
        point()
    with pytest.raises(TypeError, match="argument"):
        point(1, 2, [], "", 5)
    with pytest.raises(TypeError, match="argument"):
        point(1, z=3)
    with pytest.raises(TypeError, match="argument"):
        counter(1, count=3)


@BOTH
def test_equality_and_hash(module: Any) -> None:
    point, counter, node = classes(module)
    assert point(1, 2, (), "a") == point(1, 2, (), "b")
    assert hash(point(1, 2, (), "a")) == hash(point(1, 2, (), "b"))
    assert point(1) != point(2)
    assert point(1) != (1, 2, [], "")
    assert counter(1) == counter(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter(1))
    assert node() != node()
    assert len({node(), node()}) == 2


@BOTH
def test_repr_and_post_init(module: Any) -> None:
    point, counter, _ = classes(module)
    assert repr(point(1, hidden="secret")).endswith("Point(x=1, y=2, tags=[])")
    assert counter(4).count == 8


@BOTH
def test_frozen_records_do_not_change(module: Any) -> None:
    point, counter, _ = classes(module)
    made = point(1)
    with pytest.raises(AttributeError, match="cannot"):
        made.x = 5
    with pytest.raises(AttributeError, match="cannot"):
        del made.x
    assert made.x == 1
    free = counter(1)
    free.step = 7
    assert free.step == 7
    with pytest.raises(AttributeError):
        free.unknown = 1


@BOTH
def test_replace_copy_and_match(module: Any) -> None:
    point, _, _ = classes(module)
    made = point(1, 2, ["a"], "h")
    changed = module.replace(made, y=9)
    assert (changed.x, changed.y, changed.tags, changed.hidden) == (1, 9, ["a"], "h")
    assert copy.deepcopy(made) == made
    assert point.__match_args__ == ("x", "y", "tags", "hidden")  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="unexpected"):
        module.replace(made, z=1)


@BOTH
def test_the_first_records_are_made_as_all_others(module: Any) -> None:
    """Before and after ``__init__`` is compiled the same arguments give the same records, or the same refusal."""
    point, counter, node = classes(module)
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        ((1,), {}), ((1, 5), {}), ((1, 5, ["a"]), {}), ((), {"x": 1}), ((1,), {"tags": []}), ((1, 2, [], "h"), {}),
        ((), {}), ((1, 2, [], "h", 5), {}), ((1,), {"x": 2}), ((1,), {"z": 2}),
    ]  # fmt: skip

    def made(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        try:
            record = point(*args, **kwargs)
        except TypeError:
            return "refused"
        return f"{record.x} {record.y} {record.tags} {record.hidden!r}"

    for args, kwargs in calls:
        fresh = classes(module)[0]
        for _ in range(20):
            made((3,), {})
        point, first = fresh, made(args, kwargs)
        for _ in range(20):
            made((3,), {})
        assert made(args, kwargs) == first
    assert [counter(number).count for number in range(20)] == [2 * number for number in range(20)]
    assert {node().name for _ in range(20)} == {"n"}
