"""Tables of values below any heading: sections that are called like a kind, customary keys, empty defaults."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, prose, read, stated, told

from todo_lint.findings import Verdict
from todo_lint.kubernetes_yaml.document import Json

TABLE = ("", "| Key | Type | Default | Description |", "|---|---|---|---|")


@pytest.mark.parametrize(
    ("heading", "rows", "attribute"),
    [
        ("### Ingress", ("| `ingress.enabled` | bool | `false` | x |",), "ingress.enabled"),
        ("### Ingress", ("| `ingress.className` | string | `traefik` | x |",), "ingress.className"),
        ("### Service Account", ("| `serviceAccount.name` | string | `web` | x |",), "serviceAccount.name"),
        (
            "### Image",
            ("| `image.tag` | string | `1.2` | x |", "| `imagePullSecrets` | list | `[]` | x |"),
            "image.tag",
        ),
        ("# Helm Chart — `deploy/shop`", ("| `replicaCount` | int | `1` | x |", "| `pods` | int | 1 | x |"), ""),
        ("## Settings", ("| `replicaCount` | int | `1` | x |", "| `affinity` | object | `{}` | x |"), "replicaCount"),
        ("# Helm Chart — `deploy/shop`", ("| `affinity` | object | `{}` | x |",), "affinity"),
    ],
)
def test_a_table_of_defaults_is_of_values(heading: str, rows: tuple[str, ...], attribute: str) -> None:
    found = [(line, kind, key) for line, kind, _, key, _ in stated(read(heading, *TABLE, *rows)) if key != "name"]

    assert found[:1] == ([(5, "Values", attribute)] if attribute else [])


@pytest.mark.parametrize(
    ("heading", "row", "fact"),
    [
        ("### Ingress: web", "| `className` | string | `nginx` | x |", ("Ingress", "ingressClassName", "nginx")),
        ("### Deployment: web", "| `image.tag` | string | `1.2` | x |", ("Deployment", "image.tag", "1.2")),
        ("### Helm Chart", "| `version` | string | `0.1.0` | x |", ("Chart", "version", "0.1.0")),
    ],
)
def test_a_table_of_fields_stays_one(heading: str, row: str, fact: tuple[str, str, str]) -> None:
    assert fact in [(kind, key, value) for _, kind, _, key, value in stated(read(heading, *TABLE, row))]


def test_the_first_item_of_a_list_is_what_empty_brackets_mean() -> None:
    model = read("### Ingress", *TABLE, "| `ingress.hosts[].host` | string | `a.test` | x |")

    assert [fact[3:] for fact in stated(model)] == [("ingress.hosts[0].host", "a.test")]
    assert outcomes(model, "", {"ingress": {"hosts": [{"host": "a.test"}]}}) == [(5, Verdict.HOLDS)]
    assert outcomes(model, "", {"ingress": {"hosts": [{"host": "b.test"}]}}) == [(5, Verdict.VIOLATED)]


EMPTY = read("## Values", *TABLE, '| `db.host` | string | `""` | x |', "| `db.port` | int | - | x |")


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"db": {"host": ""}}, Verdict.HOLDS),
        ({"db": {"host": None}}, Verdict.HOLDS),
        ({"db": {}}, Verdict.NOT_CHECKABLE),
        ({"db": {"Host": ""}}, Verdict.RENAMED),
        ({"db": {"host": "pg"}}, Verdict.VIOLATED),
    ],
)
def test_an_empty_default_is_a_fact(values: dict[str, Json], verdict: Verdict) -> None:
    assert stated(EMPTY) == [(5, "Values", "values.yaml", "db.host", '""')]
    assert outcomes(EMPTY, "", values) == [(5, verdict)]
    assert 6 in prose(EMPTY)


def test_a_list_that_ends_in_or_is_a_choice() -> None:
    model = read(
        "## Helm Values", "- `web.pullPolicy`: Always, IfNotPresent, or Never", "- `web.mode`: fast, then slow"
    )

    assert [s.alternatives for s in model.statements] == [("Always", "IfNotPresent", "Never"), ()]
    assert outcomes(model, "", {"web": {"pullPolicy": "Never", "mode": "x"}})[0] == (2, Verdict.HOLDS)
    assert outcomes(model, "", {"web": {"pullPolicy": "Once", "mode": "x"}})[0] == (2, Verdict.VIOLATED)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"global": {"registry": "r.test"}}, Verdict.HOLDS),
        ({"global": {"registry": "other"}}, Verdict.VIOLATED),
        ({"registry": "r.test", "global": {"registry": "other"}}, Verdict.HOLDS),
        ({"global": {}}, Verdict.MISSING),
    ],
)
def test_keys_below_the_heading_of_a_section_are_looked_for_in_it(values: dict[str, Json], verdict: Verdict) -> None:
    model = read("## Helm Values", "### Global Configuration", "- `registry`: `r.test`")

    assert outcomes(model, "", values) == [(3, verdict)]


INGRESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop-web, port: {number: 80}}}}
          - {path: /api, pathType: Prefix, backend: {service: {name: shop-api, port: {number: 80}}}}
"""


def test_paths_for_parts_of_the_system_are_of_one_ingress() -> None:
    model = read("### Ingress", "- paths: / for web, /api/* for the api", "- host: localhost or shop.test")

    assert stated(model)[:4] == [
        (2, "Ingress", "", "path", "/"), (2, "Ingress", "", "backend.service", "web"),
        (2, "Ingress", "", "path", "/api"), (2, "Ingress", "", "backend.service", "api"),
    ]  # fmt: skip
    assert model.statements[-1].alternatives == ("localhost", "shop.test")
    assert {verdict for line, verdict in outcomes(model, INGRESS) if line == 2} == {Verdict.HOLDS}


def test_a_path_that_leads_elsewhere_is_told() -> None:
    model = read("### Ingress", "- paths: / for api, /api/* for web")

    assert outcomes(model, INGRESS).count((2, Verdict.VIOLATED)) == 2


def test_a_service_of_the_document_is_meant_by_its_own_name() -> None:
    model = read("### Ingress", "- paths: / for api, /api to api", "### Service: api", "- Port: 81")

    assert (2, Verdict.VIOLATED) in outcomes(model, INGRESS)


def test_a_pod_that_stands_for_those_of_a_workload_is_an_example() -> None:
    manifest = ("```yaml", "apiVersion: v1", "kind: Pod", "metadata:", "  name: {}", "spec: {{restartPolicy: Never}}")

    model = read("## Pod (web)", "", *(line.format("web-example") for line in manifest), "```")
    firm = read("## Pod (web)", "", *(line.format("web-exam") for line in manifest), "```")

    assert {verdict for _, verdict in outcomes(model, INGRESS)} == {Verdict.NOT_CHECKABLE}
    assert (7, Verdict.MISSING) in outcomes(firm, INGRESS)


def test_the_field_of_a_secret_with_words_behind_it_is_no_key() -> None:
    model = read("### Secret: keys", "- `stringData`: Plain text values (encoded later)", "- `token`: of the bank")

    assert [fact[3] for fact in stated(model)] == ["name", "data.token"]
    assert told(model) == []
