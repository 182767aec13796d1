"""One part of a value is exchanged, if that makes it the stated one."""

from __future__ import annotations

import pytest

from todo_lint.fixing.parts import mended_part


@pytest.mark.parametrize(
    ("part", "whole", "stated", "expected"),
    [
        ("8080", "8080", "8000", "8000"),
        ("2.0", "web:2.0", "web:1.0", "1.0"),
        ("8080", "http://backend-service:8080", "http://backend-service:8000", "8000"),
        ("backend", "http://backend:8000/api", "http://backend-service:8000/api", "backend-service"),
    ],
)
def test_the_part_that_makes_the_difference(part: str, whole: str, stated: str, expected: str) -> None:
    assert mended_part(part, whole, stated) == expected


@pytest.mark.parametrize(
    ("part", "whole", "stated"),
    [
        ("web", "web:2.0", "web:1.0"),  # another part differs
        ("2.0", "web:2.0", "api:1.0"),  # two parts differ
        ("a", "aa", "aba"),  # either "a" could become "ab" or "ba"
        ("", "web", "api"),
        ("web", "web", "web"),
        ("web", "web:1.0", ":1.0"),  # nothing would be left of it
        ("latest", "web:2.0", "web:latest"),  # it is no part of it
    ],
)
def test_no_part_or_more_than_one(part: str, whole: str, stated: str) -> None:
    assert mended_part(part, whole, stated) is None
