from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.kubernetes.quantities import (
    QuantityError,
    format_bytes,
    format_cpu,
    is_quantity,
    millis,
    parse_quantity,
    quantity_of,
    units,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("0.5", Fraction(1, 2)), ("500m", Fraction(1, 2)), ("1Gi", 2**30), ("1G", 10**9), ("1e3", 1000),
        ("1E", 10**18), ("1Ei", 2**60), (".5", Fraction(1, 2)), ("5.", 5), ("+1", 1), ("-1", -1),
        ("1u", Fraction(1, 10**6)),
        ("0.1n", Fraction(1, 10**9)), ("1e30", 2**63 - 1), ("1e99999", 2**63 - 1), ("1e-99999", Fraction(1, 10**9)),
        (" 1 ", 1), ("m", 0), (".", 0), ("-", 0),
    ],
)  # fmt: skip
def test_quantities_are_exact(text: str, value: Fraction | int) -> None:
    assert parse_quantity(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1x",
        "1gb",
        "512MB",
        "1 Gi",
        "1,5",
        "1K",
        "1ki",
        "1e",
        "1Gi5",
        "1.2.3",
        "++1",
        "1e0x1",
        "\t1",
        "1e9999999999999999999",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert not is_quantity(text)
    with pytest.raises(QuantityError):
        parse_quantity(text)


def test_numbers_and_strings_are_quantities_and_nothing_else_is() -> None:
    assert quantity_of(0.5) == quantity_of("500m") == Fraction(1, 2)
    unfit: list[object] = [True, None, [], {}]
    for value in unfit:
        with pytest.raises(QuantityError):
            quantity_of(value)


def test_units() -> None:
    assert millis(Fraction(1, 2)) == 500
    assert millis(Fraction(1, 10**6)) == 1
    assert units(Fraction(3, 2)) == 2
    assert format_bytes(Fraction(2**30)) == "1Gi"
    assert format_bytes(Fraction(1536 * 2**20)) == "1536Mi"
    assert format_bytes(Fraction(1000)) == "1000"
    assert format_cpu(Fraction(1, 2)) == "500m"
    assert format_cpu(Fraction(2)) == "2"


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["", "k", "M", "Ki", "Mi"]))
def test_a_whole_number_times_its_suffix(number: int, suffix: str) -> None:
    scale = {"": 1, "k": 1000, "M": 10**6, "Ki": 2**10, "Mi": 2**20}[suffix]
    assert parse_quantity(f"{number}{suffix}") == min(number * scale, 2**63 - 1)


@given(st.text(max_size=12))
def test_any_text_is_a_quantity_or_refused(text: str) -> None:
    try:
        value = parse_quantity(text)
    except QuantityError:
        return
    assert abs(value) < 2**63
    assert parse_quantity(f" {text} ") == value
