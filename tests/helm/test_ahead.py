"""Calls made ahead give the same results, in the same order, as calls made one by one."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.helm.ahead import AHEAD, each_ahead


@given(st.lists(st.none() | st.integers(), max_size=8))
def test_each_result_comes_in_its_turn(numbers: list[int | None]) -> None:
    assert list(each_ahead(lambda number: (number, "called"), numbers)) == [(number, "called") for number in numbers]


def test_what_a_call_raises_is_raised_where_its_result_is_asked_for() -> None:
    def half(number: int) -> float:
        return 1 / number

    results = each_ahead(half, [2, 0, 4])
    assert next(results) == 0.5
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_no_more_calls_are_made_ahead_than_a_few() -> None:
    called: list[int] = []

    def call(number: int) -> int:
        called.append(number)
        return number

    results = each_ahead(call, range(100))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(called) <= AHEAD + 1


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    assert list(each_ahead(str, range(3))) == ["0", "1", "2"]
    assert threading.active_count() == before


def test_calls_are_made_one_after_the_other() -> None:
    busy = threading.Lock()

    def call(number: int) -> int:
        assert busy.acquire(blocking=False)
        busy.release()
        return number

    def numbers() -> Iterator[int]:
        yield from range(20)

    assert list(each_ahead(call, numbers())) == list(range(20))
