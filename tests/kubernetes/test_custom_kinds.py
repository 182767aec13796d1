"""Objects of custom kinds, judged by the definition that lies beside them."""

import copy
from typing import Any

import pytest

from todo_lint.kubernetes.custom import custom_kinds
from todo_lint.kubernetes.problems import Checked, Skipped
from todo_lint.kubernetes.validate import check_object

DEFINITION: dict[str, Any] = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "todos.example.com"},
    "spec": {
        "group": "example.com",
        "scope": "Namespaced",
        "names": {"plural": "todos", "kind": "Todo"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "required": ["spec"],
                        "properties": {
                            "spec": {
                                "type": "object",
                                "required": ["title"],
                                "properties": {
                                    "title": {"type": "string", "maxLength": 5},
                                    "size": {"type": "integer", "minimum": 1, "default": 2},
                                    "state": {"type": "string", "enum": ["open", "done"]},
                                    "port": {"x-kubernetes-int-or-string": True},
                                    "tags": {
                                        "type": "array",
                                        "items": {"type": "string"},
                                        "x-kubernetes-list-type": "set",
                                    },
                                    "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                                },
                                "x-kubernetes-validations": [
                                    {"rule": "self.size > 1 || self.title == 'one'", "message": "one is for one"}
                                ],
                            }
                        },
                    }
                },
            }
        ],
    },
}
KINDS = custom_kinds([DEFINITION, {"kind": "ConfigMap"}, None, {"kind": "CustomResourceDefinition", "spec": 5}])


def check(spec: Any, **more: Any) -> list[tuple[str, str]]:
    value = {"apiVersion": "example.com/v1", "kind": "Todo", "metadata": {"name": "a"}, "spec": spec, **more}
    verdict = check_object(value, "1.37", KINDS)
    assert isinstance(verdict, Checked)
    return [(p.rule, p.field) for p in verdict.problems]


def test_the_definition_itself_is_accepted() -> None:
    assert check_object(DEFINITION) == Checked(())


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"size": 2},
        {"size": None},
        {"state": "done"},
        {"port": 1},
        {"port": "x"},
        {"free": {"a": {"b": 1}}},
        {"tags": ["a", "b"]},
    ],
)
def test_what_fits_the_definition(change: dict[str, Any]) -> None:
    assert check({"title": "x", **change}) == []


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"title": None}, "missing-field", "spec.title"),
        ({"title": "too long"}, "invalid-value", "spec.title"),
        ({"size": "2"}, "wrong-type", "spec.size"),
        ({"size": 0}, "out-of-range", "spec.size"),
        ({"state": "Open"}, "unsupported-value", "spec.state"),
        ({"port": True}, "wrong-type", "spec.port"),
        ({"tags": ["a", "a"]}, "duplicate-value", "spec.tags[1]"),
        ({"titel": "x"}, "unknown-field", "spec.titel"),
        ({"size": 1}, "custom-rule", "spec"),
    ],
)
def test_what_does_not_fit_the_definition(change: dict[str, Any], rule: str, field: str) -> None:
    assert check({"title": "x", **change}) == [(rule, field)]


def test_a_rule_gives_its_own_message() -> None:
    value = {
        "apiVersion": "example.com/v1",
        "kind": "Todo",
        "metadata": {"name": "a"},
        "spec": {"title": "x", "size": 1},
    }
    verdict = check_object(value, "1.37", KINDS)
    assert isinstance(verdict, Checked)
    rule = "self.size > 1 || self.title == 'one'"
    assert verdict.problems[0].message == f'spec: one is for one; the rule "{rule}" of its definition does not hold'
    assert verdict.problems[0].hint == 'here self.size is 1, self.title is "x"'
    value["spec"] = {"title": "one", "size": 1}
    assert check_object(value, "1.37", KINDS) == Checked(())


def test_metadata_is_checked_as_that_of_any_object() -> None:
    assert check({"title": "x"}, metadata={"name": "A"}) == [("invalid-name", "metadata.name")]
    assert check({"title": "x"}, metadata={"nam": "a"}) == [("unknown-field", "metadata.nam")]


def _kinds(**fields: Any) -> Any:
    """The kinds of a definition whose spec has these fields."""
    definition = copy.deepcopy(DEFINITION)
    schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"]["spec"] = {"type": "object", **fields}
    return custom_kinds([definition])


def _found(spec: Any, **fields: Any) -> list[tuple[str, str, str]]:
    value = {"apiVersion": "example.com/v1", "kind": "Todo", "metadata": {"name": "a"}, "spec": spec}
    verdict = check_object(value, "1.37", _kinds(**fields))
    assert isinstance(verdict, Checked)
    return [(problem.rule, problem.field, problem.message) for problem in verdict.problems]


def test_a_null_in_a_map_is_dropped_unless_it_is_allowed() -> None:
    words = {"type": "object", "additionalProperties": {"type": "string"}}

    assert _found({"words": {"a": None, "b": "c"}}, properties={"words": words}) == []
    assert [rule for rule, *_ in _found({"words": {"b": 1}}, properties={"words": words})] == ["wrong-type"]


def test_nulls_in_a_schema_count_as_absent() -> None:
    fields: dict[str, Any] = {"properties": {"a": {"type": "object", "properties": None, "items": None}}}

    assert _found({"a": {}}, **fields) == []
    assert [rule for rule, *_ in _found({"a": {"b": 1}}, **fields)] == ["unknown-field"]


@pytest.mark.parametrize("fields", [{"properties": "x"}, {"properties": {"a": 5}}, {"items": []}, {"anyOf": 3}])
def test_a_schema_that_is_none_gives_no_kinds(fields: dict[str, Any]) -> None:
    assert _kinds(**fields).schemas == {}


def test_what_has_none_of_several_forms_is_told_in_words() -> None:
    size = {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]}
    found = _found({"size": [1]}, properties={"size": size})

    assert "size is a list, the definition of its kind asks for one of several forms, of which it has none" in [
        message for *_, message in found
    ]


def test_other_versions_and_kinds_are_skipped() -> None:
    for api_version, kind in (("example.com/v2", "Todo"), ("example.com/v1", "Other"), ("example.org/v1", "Todo")):
        assert isinstance(check_object({"apiVersion": api_version, "kind": kind}, "1.37", KINDS), Skipped)


def test_a_rule_blames_its_field_with_a_message_that_is_worked_out() -> None:
    rule = {
        "rule": "self.size <= 3",
        "messageExpression": "'size ' + string(self.size) + ' is a lot'",
        "message": "too much",
        "fieldPath": ".size",
    }
    fields = {"size": {"type": "integer", "default": 4}}
    schema = {"type": "object", "x-kubernetes-validations": [rule], "properties": fields}
    definition = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "boxes.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"kind": "Box", "plural": "boxes"},
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": schema}}},
                }
            ],
        },
    }
    box: dict[str, object] = {"apiVersion": "example.com/v1", "kind": "Box", "metadata": {"name": "b"}, "spec": {}}
    verdict = check_object(box, "1.37", custom_kinds([definition]))

    assert isinstance(verdict, Checked)
    (problem,) = verdict.problems
    assert (problem.rule, problem.field, problem.route) == ("custom-rule", "spec.size", ("spec",))
    assert problem.message.startswith("size: size 4 is a lot; the rule")
    assert problem.hint == "here self.size is 4"  # by default
    box["spec"] = {"size": 3}
    assert check_object(box, "1.37", custom_kinds([definition])) == Checked(())
