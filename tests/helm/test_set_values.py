"""The expected outcomes are those of ``helm template --set`` (4.3.1) on the same base values."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.errors import UserError
from todo_lint.helm.set_values import Reader, merge, set_values, typed
from todo_lint.kubernetes_yaml.document import Json

BASE: dict[str, Json] = {"l": [{"a": 1, "b": 2}, "x", [1, 2]], "m": {"k": {"z": 1}}, "s": "text"}


def after(expression: str, read: Reader | None = typed) -> dict[str, Json]:
    values = copy.deepcopy(BASE)
    set_values("--set", expression, values, read)
    return {key: value for key, value in values.items() if key not in BASE or value != BASE[key]}


@pytest.mark.parametrize(
    ("expression", "changed"),
    [
        ("a=1", {"a": 1}),
        ("a=1,b=x", {"a": 1, "b": "x"}),
        ("a=007", {"a": "007"}),
        ("a=0", {"a": 0}),
        ("a=-3,b=+5", {"a": -3, "b": 5}),
        ("a=1.5", {"a": "1.5"}),
        ("a=9223372036854775808", {"a": "9223372036854775808"}),
        ("a=TRUE,b=False,c=null", {"a": True, "b": False, "c": None}),
        ("a=", {"a": ""}),
        ("a=,b=1", {"a": "", "b": 1}),
        ("a={1,x,true}", {"a": [1, "x", True]}),
        ("a={},b=2", {"a": [""], "b": 2}),
        (r"a\.b=1", {"a.b": 1}),
        (r"a=x\,y", {"a": "x,y"}),
        ("a=b=c", {"a": "b=c"}),
        ("m.k.y=2", {"m": {"k": {"z": 1, "y": 2}}}),
        ("l[0].a=9", {"l": [{"a": 9, "b": 2}, "x", [1, 2]]}),
        ("l[1].y=1", {"l": [{"a": 1, "b": 2}, {"y": 1}, [1, 2]]}),
        ("l[2][3]=z", {"l": [{"a": 1, "b": 2}, "x", [1, 2, None, "z"]]}),
        ("l[4]=z", {"l": [{"a": 1, "b": 2}, "x", [1, 2], None, "z"]}),
        ("n[1].x=1", {"n": [None, {"x": 1}]}),
        ("n[0][1].x=1", {"n": [[None, {"x": 1}]]}),
        ("=1", {}),
    ],
)
def test_set(expression: str, changed: dict[str, Json]) -> None:
    assert after(expression) == changed


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("a", "the key 'a' has no value"),
        ("a,b=1", "the key 'a' has no value"),
        ("a={1", "a list must end with }"),
        ("s.t=1", "'s' is no mapping"),
        ("s[0]=1", "'s' is no list"),
        ("l[x]=1", "'x' is no list index"),
        ("l[-1]=1", "the list index -1 is not between 0 and 65536"),
        ("l[65537]=1", "the list index 65537 is not between 0 and 65536"),
        ("l[0]z=1", "unexpected text after a list index: 'z'"),
        (".".join("a" * 40) + "=1", "nested more than 30 deep"),
    ],
)
def test_what_set_refuses(expression: str, reason: str) -> None:
    with pytest.raises(UserError, match="--set: ") as raised:
        after(expression)
    assert reason in raised.value.message


def test_set_string_keeps_text() -> None:
    assert after("a=1,b=true,c={1,2}", str) == {"a": "1", "b": "true", "c": ["1", "2"]}


def test_set_file_reads_what_the_value_names() -> None:
    assert after("a=one,b=two", {"one": "1\n", "two": "2"}.__getitem__) == {"a": "1\n", "b": "2"}


@pytest.mark.parametrize(
    ("expression", "changed"),
    [
        ('a={"x":[1,2]},b=null', {"a": {"x": [1, 2]}, "b": None}),
        ("a=,b= 1", {"a": None, "b": 1}),
        ('a="x,y"', {"a": "x,y"}),
        ('{"m":{"n":5}}', {"m": {"k": {"z": 1}, "n": 5}}),
        (' {"l":1} ', {"l": 1}),
    ],
)
def test_set_json(expression: str, changed: dict[str, Json]) -> None:
    assert after(expression, None) == changed


@pytest.mark.parametrize("expression", ['a={"x"', "a=tru", '{"a":', "{}x", "a=NaN", '{"a":NaN}'])
def test_what_set_json_refuses(expression: str) -> None:
    with pytest.raises(UserError, match="the JSON cannot be read"):
        after(expression, None)


def test_an_error_does_not_repeat_the_value() -> None:
    with pytest.raises(UserError) as raised:
        after('password={"hunter2', None)
    assert "hunter2" not in str(raised.value)


def test_merging_is_deep_for_mappings_and_replaces_the_rest() -> None:
    below: dict[str, Json] = {"a": {"x": 1, "y": 2}, "l": [1, 2], "n": 1}
    assert merge(below, {"a": {"y": 3}, "l": [9], "n": None}) == {"a": {"x": 1, "y": 3}, "l": [9], "n": None}
    assert below["a"] == {"x": 1, "y": 2}


@given(st.text(alphabet='ab01=[]{},.\\" ', max_size=20), st.sampled_from([typed, str, None]))
def test_any_expression_is_carried_out_or_refused(expression: str, read: Reader | None) -> None:
    values: dict[str, Json] = {"a": {"b": 1}}
    try:
        set_values("--set", expression, values, read)
    except UserError:
        assert expression  # the empty expression sets nothing, and is no error
    assert isinstance(values, dict)
