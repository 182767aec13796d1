"""The expected outcomes are those of Helm's own ``semverCompare``, which is the same code as kubeVersion's check."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.helm.semver import parse_version, satisfies


@pytest.mark.parametrize(
    ("constraint", "version", "expected"),
    [
        (">=1.25.0", "v1.25.0", True),
        (">=1.25.0", "v1.25.0-gke.100", False),
        (">=1.25.0-0", "v1.25.1-gke.100", True),
        (">=1.25.0-0", "v1.25.0-alpha", True),
        (">= 1.19.0 < 1.30.0", "1.29.9", True),
        (">= 1.19.0, < 1.30.0", "1.30.0", False),
        ("1.25.x", "1.25.9", True),
        ("1.25.x", "1.26.0", False),
        ("1.25", "1.25.7", True),
        ("1.25.0", "1.25.7", False),
        ("^1.19", "1.37.0", True),
        ("^1.19", "2.0.0", False),
        ("^0.2.3", "0.2.9", True),
        ("^0.2.3", "0.3.0", False),
        ("^0.0.3", "0.0.4", False),
        ("~1.2.3", "1.2.9", True),
        ("~1.2.3", "1.3.0", False),
        ("~1", "1.9.0", True),
        ("1.20 - 1.25", "1.25.9", True),
        ("1.20 - 1.25.0", "1.25.9", False),
        ("<1.20 || >=1.30", "1.37.0", True),
        ("<1.20 || >=1.30", "1.25.0", False),
        ("!=1.25.x", "1.25.3", False),
        ("!=1.25.3", "1.25.4", True),
        (">1.25", "1.25.9", False),
        (">1.25", "1.26.0", True),
        ("<=1.25", "1.25.9", True),
        ("<=1.25.0", "1.25.9", False),
        ("*", "1.37.0", True),
        ("*", "1.37.0-rc.1", False),
        (">1.0.0-alpha.2", "1.0.0-alpha.10", True),
        (">1.0.0-alpha.beta", "1.0.0-alpha.1", False),
    ],
)
def test_a_constraint_is_read_as_helm_reads_it(constraint: str, version: str, expected: bool) -> None:
    assert satisfies(version, constraint) is expected


@pytest.mark.parametrize("constraint", ["foo", "", ">=", "1.2.3.4", ">=1.25 and <2", "1.25,", ">>1.2", "1.2.3-01"])
def test_what_is_no_constraint(constraint: str) -> None:
    assert satisfies("1.37.0", constraint) is None


@pytest.mark.parametrize("text", ["1.2.3-", "1.2.3.4", "a.b", "", "1.2.3-01", "1..2", "99999999999999999999.1.1"])
def test_what_is_no_version(text: str) -> None:
    assert parse_version(text) is None


@pytest.mark.parametrize("text", ["1", "1.2", "01.2.3", "v1.2.3", "1.2.3+x", "1.2.3-rc.1"])
def test_what_helm_takes_as_a_version(text: str) -> None:
    assert parse_version(text) is not None


def test_a_long_wrong_constraint_is_refused_at_once() -> None:
    began = time.monotonic()
    assert satisfies("1.0.0", "1   " * 60 + "!") is None
    assert satisfies("1.0.0", "1" * 100_000) is None
    assert time.monotonic() - began < 1


@given(st.tuples(*[st.integers(0, 50)] * 3), st.tuples(*[st.integers(0, 50)] * 3))
def test_comparisons_agree_with_the_order_of_numbers(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    first, second = (".".join(map(str, numbers)) for numbers in (one, other))
    assert satisfies(first, f">={second}") is (one >= other)
    assert satisfies(first, f"<{second}") is (one < other)
    assert satisfies(first, f"={second}") is (one == other)
