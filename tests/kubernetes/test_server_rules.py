"""The parts around the cases: overlays, rules, plans, other versions, warnings, recorded verdicts."""

import copy
import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.kubernetes import checks, constraints
from todo_lint.kubernetes.constraints import overlay_entries, overlays
from todo_lint.kubernetes.cron import ScheduleError, check_schedule
from todo_lint.kubernetes.formats import FORMATS
from todo_lint.kubernetes.gate import gate
from todo_lint.kubernetes.plan import follow, plan
from todo_lint.kubernetes.problems import Checked, Problem
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.validate import check_object
from todo_lint.kubernetes.versions import SUPPORTED
from todo_lint.rules.documentation import documentation
from todo_lint.rules.registry import all_rules

RULES = {rule.id: rule for rule in all_rules() if rule.family == "kubernetes"}

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCE = ROOT / "src" / "todo_lint" / "kubernetes"
OBJECTS: dict[str, Any] = yaml.safe_load((HERE / "objects.yaml").read_text(encoding="utf-8"))
VERDICTS = ROOT.parent / "shared" / "verdicts"


def problems(value: Any, version: str = "1.37") -> tuple[Problem, ...]:
    verdict = check_object(value, version)
    assert isinstance(verdict, Checked)
    return verdict.problems


def test_a_secret_without_a_name_and_a_password_lacks_one_of_them_and_that_is_said_once() -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "type": "kubernetes.io/basic-auth"}
    assert [problem.message for problem in problems(secret)] == [
        "data[username] is missing: a Secret of the type kubernetes.io/basic-auth needs it, or password"
    ]


def test_every_overlay_names_its_source_and_known_fields_only() -> None:
    store = schema_store("1.37")
    known: dict[str, set[str]] = {}
    for name in store.names():
        known.setdefault(constraints.type_key(name), set()).update(store.definition(name).get("properties", {}))
    allowed = {
        "required", "present", "absent", "zero", "enum", "format", "empty", "min", "max", "longest", "items",
        "values", "blame", "most", "unique", "unique_blame", "since", "until",
    }  # fmt: skip
    for name, entry in overlay_entries().items():
        assert entry["source"].startswith("https://kubernetes.io/docs/"), name
        for field, constraint in entry["fields"].items():
            assert set(constraint) <= allowed, (name, field)
            assert constraint.get("format", "ip") in FORMATS, (name, field)
            if name in known:
                assert field in known[name], (name, field)


def test_the_table_of_checks_is_what_the_modules_declare() -> None:
    declared: dict[str, set[str]] = {}
    for path in SOURCE.glob("*.py"):
        for match in re.finditer(r"^@check\(([^)]*)\)", path.read_text(encoding="utf-8"), re.MULTILINE):
            for name in re.findall(r'"([^"]+)"', match[1]):
                declared.setdefault(name, set()).add(path.stem)
    assert {name: set(modules) for name, modules in checks._MODULES.items()} == declared
    for name in declared:
        assert checks.checks_of(name)


def test_every_rule_that_can_be_given_is_explained() -> None:
    used = set()
    for path in SOURCE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'(?:\.add|\.advise|_add|problem)\(\s*"([a-z0-9-]+)"', text))
    used |= {form.rule for form in FORMATS.values()} | {"missing-field", "unknown-field"}
    used |= {"deprecated-api", "field-too-new"}
    assert used == set(RULES)
    for rule in RULES.values():
        assert re.search(r"^Source: https://\S+$", documentation(rule).why, re.MULTILINE)
        assert documentation(rule).what.endswith(".")


@pytest.mark.parametrize("version", SUPPORTED)
@pytest.mark.parametrize("name", ["deployment", "service", "ingress", "cronjob", "hpa", "configmap", "secret", "pdb"])
def test_usual_objects_are_accepted_by_every_version(name: str, version: str) -> None:
    value = copy.deepcopy(OBJECTS[name])
    assert problems(value, version) == ()


@pytest.mark.parametrize("name", OBJECTS)
def test_the_gate_lets_usual_objects_through(name: str) -> None:
    value = OBJECTS[name]
    assert gate("1.37", value["apiVersion"], value["kind"])(value)


def leaves(value: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*route, key))]
    if isinstance(value, list):
        return [leaf for number, item in enumerate(value) for leaf in leaves(item, (*route, number))]
    return [route]


PLACES = [(name, route) for name, value in OBJECTS.items() for route in leaves(value) if len(route) > 1]


@given(
    place=st.sampled_from(PLACES),
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(min_value=-5, max_value=2**33),
        st.text(max_size=8),
        st.sampled_from(["a", "A", "a.b", "a/b", "1Gi", "50%", "Always", "/x", "TCP", "x" * 70]),
        st.just([]),
        st.just({}),
    ),
)
def test_what_the_gate_accepts_stands_up_to_a_close_look(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    name, route = place
    document = copy.deepcopy(OBJECTS[name])
    at = document
    for step in route[:-1]:
        at = at[step]
    at[route[-1]] = value
    api_version, kind = document["apiVersion"], document["kind"]
    if gate("1.37", api_version, kind)(document):
        report = Report(document, 37)
        follow(plan("1.37", api_version, kind, full=True), document, (), report)
        short = Report(document, 37)
        follow(plan("1.37", api_version, kind, full=False), document, (), short)
        assert {p.field for p in report.problems} == {p.field for p in short.problems}


def test_a_repeated_variable_is_a_warning_for_server_side_apply() -> None:
    value = copy.deepcopy(OBJECTS["deployment"])
    value["spec"]["template"]["spec"]["containers"][0]["env"].append({"name": "A", "value": "y"})
    found = problems(value)
    assert [(p.rule, p.refused, p.field) for p in found] == [
        ("duplicate-on-apply", False, "spec.template.spec.containers[0].env[2]")
    ]
    assert "Helm 4" in found[0].message


def test_ports_are_told_apart_by_protocol_on_apply() -> None:
    value = copy.deepcopy(OBJECTS["deployment"])
    container = value["spec"]["template"]["spec"]["containers"][0]
    container["ports"] = [{"containerPort": 53}, {"containerPort": 53, "protocol": "UDP"}]
    container["readinessProbe"]["httpGet"]["port"] = 53
    assert problems(value) == ()
    container["ports"][1]["protocol"] = "TCP"
    assert [p.rule for p in problems(value)] == ["duplicate-on-apply"]


@pytest.mark.parametrize(
    ("secrets", "rules"),
    [
        ([{}], []),
        ([{"name": None}], []),
        ([{"name": "a"}, {}], []),
        ([{}, {}], ["duplicate-on-apply"]),
        ([{"name": ""}, {}], ["duplicate-on-apply"]),
        ([{"name": None}, {"name": None}], ["duplicate-on-apply"]),
        ([None], ["unclear-on-apply"]),
        ([{"name": "a"}, {"name": "a"}], ["duplicate-on-apply"]),
    ],
)
def test_an_absent_name_of_a_pull_secret_is_an_empty_one_on_apply(secrets: list[Any], rules: list[str]) -> None:
    pod = copy.deepcopy(OBJECTS["pod"])
    pod["spec"]["imagePullSecrets"] = secrets

    assert [problem.rule for problem in problems(pod)] == rules


@pytest.mark.parametrize(
    ("secrets", "rules"), [([{}], ["unclear-on-apply"]), ([{"name": None}], []), ([{"name": "a"}], [])]
)
def test_a_null_key_is_no_absent_one_on_apply(secrets: list[Any], rules: list[str]) -> None:
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "a"}, "secrets": secrets}

    assert [problem.rule for problem in problems(account)] == rules


def test_a_repeated_rule_of_a_definition_is_a_warning_for_server_side_apply() -> None:
    crd = copy.deepcopy(OBJECTS["crd"])
    spec = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]
    spec["x-kubernetes-validations"] *= 2

    (found,) = problems(crd)
    assert (found.rule, found.refused, found.route[-2:]) == (
        "duplicate-on-apply",
        False,
        ("x-kubernetes-validations", 1),
    )


@pytest.mark.parametrize(
    ("schema", "rules"),
    [
        ({"type": "object", "properties": {"items": "HERE"}}, ["duplicate-on-apply"]),
        ({"type": "array", "maxItems": 3, "items": "HERE"}, []),
        ({"type": "object", "maxProperties": 3, "additionalProperties": "HERE"}, []),
        ({"type": "array", "maxItems": 3, "items": {"type": "object", "properties": {"a": "HERE"}}}, []),
    ],
)
def test_an_apply_does_not_look_below_items(schema: dict[str, Any], rules: list[str]) -> None:
    """Recorded of kube-apiserver 1.37.2: a dry run of an apply takes them there, and nowhere else."""
    rule = {"rule": "self != 'x'"}
    inner = {"type": "string", "maxLength": 9, "x-kubernetes-validations": [rule, rule]}
    crd = copy.deepcopy(OBJECTS["crd"])
    written = json.loads(json.dumps(schema).replace('"HERE"', json.dumps(inner)))
    crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["more"] = written

    assert [problem.rule for problem in problems(crd)] == rules


def test_a_node_port_outside_the_usual_range_is_a_warning() -> None:
    value = copy.deepcopy(OBJECTS["service"])
    value["spec"]["ports"][0]["nodePort"] = 80
    assert [(p.rule, p.refused) for p in problems(value)] == [("node-port-range", False)]


def test_an_older_server_takes_what_a_newer_one_refuses() -> None:
    value = copy.deepcopy(OBJECTS["statefulset"])
    value["spec"]["template"]["spec"]["containers"][0]["image"] = ""
    assert [p.refused for p in problems(value, "1.30")] == [False]
    assert [p.refused for p in problems(value, "1.37")] == [True]


def test_names_of_variables_were_stricter_once() -> None:
    value = copy.deepcopy(OBJECTS["deployment"])
    value["spec"]["template"]["spec"]["containers"][0]["env"][0]["name"] = "1 A"
    assert [p.rule for p in problems(value, "1.31")] == ["invalid-name"]
    assert problems(value, "1.32") == ()


def test_a_problem_points_at_what_stands_there() -> None:
    value = copy.deepcopy(OBJECTS["deployment"])
    del value["spec"]["selector"]
    (found,) = [p for p in problems(value) if p.field == "spec.selector"]
    assert found.route == ("spec",)
    value = copy.deepcopy(OBJECTS["configmap"])
    value["data"]["a b"] = "x"
    (found,) = problems(value)
    assert (found.route, found.field) == (("data", "a b"), "data[a b]")
    assert all(type(step) in (str, int) for step in found.route)


def test_messages_give_the_value_the_allowed_ones_and_the_nearest() -> None:
    value = copy.deepcopy(OBJECTS["service"])
    value["spec"]["type"] = "nodeport"
    found = problems(value)[0]
    assert 'type is the string "nodeport"' in found.message
    assert "ClusterIP, ExternalName, LoadBalancer or NodePort is expected" in found.message
    assert found.hint == "did you mean NodePort?"


def test_no_value_of_a_secret_is_in_any_message() -> None:
    value = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "s"},
        "type": "kubernetes.io/dockerconfigjson",
        "data": {".dockerconfigjson": "aHVudGVyMg==", "a b": "aHVudGVyMg=="},
    }
    found = problems(value)
    assert {p.rule for p in found} == {"invalid-value", "invalid-name"}
    assert "hunter2" not in str(found)
    assert "aHVudGVyMg" not in str(found)


def test_without_the_compiler_expressions_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    from todo_lint.kubernetes import expressions

    def absent() -> Any:
        raise ModuleNotFoundError("cel_expr_python")

    monkeypatch.setattr(expressions, "_cel", absent)
    expressions._compiled.cache_clear()
    expressions._environment.cache_clear()
    try:
        assert expressions.compile_expression("a b", {"object": "dyn"}) == expressions.Compiled()
    finally:
        expressions._compiled.cache_clear()
        expressions._environment.cache_clear()


@pytest.mark.parametrize(
    "text", ["0 0 * * *", "*/15 0-5 1,15 JAN-mar ?", "@hourly", "@every 0", "@every 1.5h", "1/2 * * * *"]
)
def test_schedules_that_the_server_reads(text: str) -> None:
    check_schedule(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "0 fields"),
        ("* * * * * *", "6 fields"),
        ("0 0 * * 7", "outside 0 to 6"),
        ("0 24 * * *", "outside 0 to 23"),
        ("0 0 0 * *", "outside 1 to 31"),
        ("0 0 * * FRI-MON", "runs backwards"),
        ("*/0 * * * *", "step 0"),
        ("1-2-3 * * * *", "too many hyphens"),
        ("1/2/3 * * * *", "too many slashes"),
        ("0 0 W * *", "is no number"),
        ("@every day", "duration"),
        ("@reboot", "@reboot is none of"),
    ],
)
def test_schedules_that_the_server_refuses(text: str, words: str) -> None:
    with pytest.raises(ScheduleError, match=re.escape(words)):
        check_schedule(text)


@given(st.text(alphabet="*/,-?0123456789 @LMON", max_size=20))
def test_any_text_is_a_schedule_or_refused(text: str) -> None:
    wrong = None
    try:
        check_schedule(text)
    except ScheduleError as error:
        wrong = str(error)
    assert wrong != ""


@given(
    place=st.sampled_from(PLACES),
    value=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10), st.just("\ud800")),
        lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=5), inner, max_size=2)),
        max_leaves=4,
    ),
)
def test_any_value_anywhere_is_judged_in_one_line(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    name, route = place
    document = copy.deepcopy(OBJECTS[name])
    at = document
    for step in route[:-1]:
        at = at[step]
    at[route[-1]] = value
    for found in getattr(check_object(document), "problems", ()):
        assert found.rule in RULES
        assert "\n" not in found.message + found.hint


def test_overlays_are_the_files_that_ship() -> None:
    assert overlays()["core.Container"]["imagePullPolicy"]["enum"] == ["Always", "IfNotPresent", "Never"]


@pytest.mark.skipif(not VERDICTS.is_dir(), reason="the recorded verdicts do not lie beside the checkout")
def test_the_recorded_verdicts_of_a_server() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        measure = importlib.import_module("verdicts").measure
    finally:
        sys.path.pop(0)
    result = measure(VERDICTS)
    assert result.cases > 10_000
    assert [case["id"] for case in result.wrongly_refused] == []
    assert result.caught / result.refused >= 0.995
    assert result.same_field / result.invalid >= 0.9
