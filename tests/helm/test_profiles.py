"""Which profiles a chart has, and with which values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.errors import UserError
from todo_lint.helm.chart import load_chart
from todo_lint.helm.profiles import NamedValues, ProfileOptions, ValueOptions, profiles_of

WriteChart = Callable[..., Path]


def test_the_defaults_and_each_ci_file_in_the_order_of_names(write_chart: WriteChart) -> None:
    files = {"ci/b-values.yaml": "b: 1\n", "ci/a-values.yaml": "", "ci/other.yaml": "x: 1\n"}
    profiles = profiles_of(load_chart(str(write_chart("app", files))), ProfileOptions("1.37"))
    assert [(profile.name, profile.values) for profile in profiles] == [
        ("default", {}),
        ("a", {}),
        ("b", {"b": 1}),
    ]
    assert [Path(file).name for file in profiles[2].files] == ["b-values.yaml"]
    assert {profile.options.release_name for profile in profiles} == {"app"}


def test_a_file_that_is_called_like_the_defaults_hides_nothing(write_chart: WriteChart) -> None:
    files = {"ci/default-values.yaml": "a: 1\n", "ci/ha-values.yaml": "a: 2\n"}
    path = str(write_chart("app", files))
    extra = (NamedValues("ha", ValueOptions(set=("a=3",))),)

    profiles = profiles_of(load_chart(path), ProfileOptions("1.37", extra=extra))

    assert [(profile.name, profile.values) for profile in profiles] == [
        ("default", {}),
        (f"{path}/ci/default-values.yaml", {"a": 1}),
        ("ha", {"a": 2}),
        ("ha 2", {"a": 3}),
    ]


def test_given_values_make_one_profile_in_helms_order(write_chart: WriteChart, tmp_path: Path) -> None:
    first, second, text = tmp_path / "1.yaml", tmp_path / "2.yaml", tmp_path / "t.txt"
    first.write_text("a: {x: 1, z: 2}\nl: [1, 2]\ns: file\n")
    second.write_text("a: {z: 3}\nl: [9]\n")
    text.write_text("from file\n")
    given = ValueOptions(
        files=(str(first), str(second)),
        set=("s=set,j=set", "n=5"),
        set_json=('s="json"', 'j="json"'),
        set_string=("n=5", "t=string"),
        set_file=(f"t={text}",),
    )
    chart = load_chart(str(write_chart("app", {"ci/a-values.yaml": "ignored: 1\n"})))
    (profile,) = profiles_of(chart, ProfileOptions("1.37", "rel", "space", given=given))
    assert profile.name == "given values"
    assert profile.values == {
        "a": {"x": 1, "z": 3},
        "l": [9],
        "s": "set",
        "j": "set",
        "n": "5",
        "t": "from file\n",
    }
    assert (profile.options.release_name, profile.options.namespace) == ("rel", "space")
    assert "from file" not in repr(profile)


def test_the_configuration_adds_profiles(write_chart: WriteChart) -> None:
    extra = (NamedValues("ha", ValueOptions(set=("replicas=3",))),)
    profiles = profiles_of(load_chart(str(write_chart("app"))), ProfileOptions("1.37", extra=extra))
    assert [(profile.name, profile.values) for profile in profiles] == [("default", {}), ("ha", {"replicas": 3})]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (ValueOptions(files=("gone.yaml",)), "gone.yaml: no such file"),
        (ValueOptions(set=("a",)), "--set: the key 'a' has no value"),
        (ValueOptions(set_file=("a=gone.txt",)), "gone.txt: no such file"),
    ],
)
def test_wrong_values_are_the_users_error(write_chart: WriteChart, given: ValueOptions, reason: str) -> None:
    chart = load_chart(str(write_chart("app")))
    with pytest.raises(UserError) as raised:
        profiles_of(chart, ProfileOptions("1.37", given=given))
    assert str(raised.value) == reason


def test_a_values_file_that_is_no_mapping(write_chart: WriteChart) -> None:
    chart = load_chart(str(write_chart("app", {"ci/a-values.yaml": "- a\n"})))
    with pytest.raises(UserError, match="must hold a YAML mapping") as raised:
        profiles_of(chart, ProfileOptions("1.37"))
    assert (raised.value.file or "").endswith("app/ci/a-values.yaml")


@pytest.mark.parametrize("name", ["a" * 54, "Upper", "-a", "a_b", "a..b", "a-"])
def test_a_release_name_that_helm_refuses(write_chart: WriteChart, name: str) -> None:
    chart = load_chart(str(write_chart("app")))
    with pytest.raises(UserError, match="the release name"):
        profiles_of(chart, ProfileOptions("1.37", name))


def test_a_long_chart_name_is_cut_to_a_release_name(write_chart: WriteChart) -> None:
    chart = load_chart(str(write_chart("x" * 52 + "-chart")))
    assert profiles_of(chart, ProfileOptions("1.37"))[0].options.release_name == "x" * 52
    chart = load_chart(str(write_chart("app", {"Chart.yaml": "name: My_App.x\nversion: 1.0.0\n"})))
    assert profiles_of(chart, ProfileOptions("1.37", "a" * 53))[0].options.release_name == "a" * 53
    assert profiles_of(chart, ProfileOptions("1.37"))[0].options.release_name == "my-app-x"
