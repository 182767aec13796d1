"""Lists that are nested as a manifest is: routes to fields, mappings in YAML, words that only describe a field."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

WORKLOAD = (
    "### Shop Deployment",
    "- **apiVersion**: apps/v1",
    "- **metadata**: name, namespace, labels",
    "- **spec**:",
    "  - replicas: 2 (minimum)",
    "  - selector: matchLabels",
    "  - template:",
    "    - metadata: labels",
    "    - spec:",
    "      - containers:",
    "        - name: shop",
    "        - image: shop/web:1.2",
    "        - ports: [{containerPort: 3000}]",
    '        - env: [{name: API_URL, value: "http://api:8000"}]',
    '        - resources: {limits: {cpu: "500m"}, requests: {memory: 128Mi}}',
    '        - livenessProbe: {httpGet: {path: "/", port: 3000}, periodSeconds: 10}',
)


def test_a_manifest_in_items_is_read_as_one() -> None:
    model = read(*WORKLOAD)
    assert stated(model) == [
        (2, "Deployment", "shop", "apiVersion", "apps/v1"),
        (5, "Deployment", "shop", "replicas", "2"),
        (12, "Deployment", "shop", "image", "shop/web:1.2"),
        (13, "Deployment", "shop", "containerPort", "3000"),
        (14, "Deployment", "shop", "env.API_URL", "http://api:8000"),
        (15, "Deployment", "shop", "resources.limits.cpu", "500m"),
        (15, "Deployment", "shop", "resources.requests.memory", "128Mi"),
        (16, "Deployment", "shop", "livenessProbe.path", "/"),
        (16, "Deployment", "shop", "livenessProbe.port", "3000"),
        (16, "Deployment", "shop", "livenessProbe.periodSeconds", "10"),
    ]
    assert told(model) == []


def test_each_variable_may_be_an_item_of_its_own() -> None:
    model = read(
        *WORKLOAD[:1],
        "- **spec**:",
        "  - template:",
        "    - spec:",
        "      - containers:",
        "        - env:",
        "          - {name: DSN, valueFrom: {secretKeyRef: {name: shop-db, key: url}}}",
        "          - {name: LOG_LEVEL, value: info}",
    )
    assert stated(model) == [
        (7, "Deployment", "shop", "env.DSN", ""),
        (7, "Deployment", "shop", "envSource.DSN", "Secret/shop-db:url"),
        (8, "Deployment", "shop", "env.LOG_LEVEL", "info"),
    ]


def test_a_service_in_items_has_its_selector_and_ports() -> None:
    model = read(
        "### Shop Service",
        "- **spec**:",
        "  - selector: {app: shop}",
        "  - ports: [{protocol: TCP, port: 80, targetPort: 3000}]",
        "  - type: NodePort",
    )
    assert stated(model) == [
        (3, "Service", "shop", "selector", "app=shop"),
        (4, "Service", "shop", "protocol", "TCP"),
        (4, "Service", "shop", "port", "80"),
        (4, "Service", "shop", "targetPort", "3000"),
        (5, "Service", "shop", "type", "NodePort"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "`metadata.name`: Unique identifier for the deployment",
        "`spec.selector.matchLabels`: Label selector for pods",
        "`spec.template.spec.containers[].name`: Container name",
        "`spec.template.spec.containers[].image`: Docker image reference",
        "`spec.template.spec.containers[].env[]`: Environment variables from ConfigMaps/Secrets",
        "`spec.template.spec.containers[].livenessProbe`: Health check configuration",
        "`spec.template.spec.hostname`: hostname",
        "`spec.template.metadata`: labels",
        "`spec.selector`: Object",
    ],
)
def test_words_that_say_what_a_field_is_for_state_nothing(line: str) -> None:
    model = read("### Deployment Model", "", "**Fields**:", f"- {line}")
    assert stated(model) == []
    assert told(model) == []
    assert 4 in prose(model)


def test_pairs_of_texts_are_those_of_the_field_that_the_route_leads_to() -> None:
    model = read(
        "### Deployment: `shop`",
        "- spec:",
        "  - selector: app=shop",
        "  - template.metadata.labels: `app: shop`, `tier: web`",
        "  - template.spec.containers[0].resources: requests 100m CPU",
    )
    assert stated(model)[1:] == [
        (3, "Deployment", "shop", "selector", "app=shop"),
        (4, "Deployment", "shop", "podLabels.app", "shop"),
        (4, "Deployment", "shop", "podLabels.tier", "web"),
        (5, "Deployment", "shop", "resources.requests.cpu", "100m"),
    ]


def test_a_marked_text_and_a_command_are_values() -> None:
    model = read(
        "### Deployment: `shop`",
        '- `spec.template.metadata.annotations.note`: "all is well"',
        "- `spec.template.spec.containers[0].image`: shop",
        "- `spec.template.spec.priorityClassName`: high",
    )
    assert stated(model)[1:] == [
        (2, "Deployment", "shop", "spec.template.metadata.annotations.note", "all is well"),
        (3, "Deployment", "shop", "image", "shop"),
        (4, "Deployment", "shop", "spec.template.spec.priorityClassName", "high"),
    ]


def test_keys_of_data_that_are_described_are_there_without_a_value() -> None:
    model = read("### ConfigMap: `shop`", "- data:", "  - LOG_LEVEL: how much is logged", "  - MODE: fast")
    assert stated(model)[1:] == [
        (3, "ConfigMap", "shop", "data.LOG_LEVEL", ""),
        (4, "ConfigMap", "shop", "data.MODE", "fast"),
    ]


@pytest.mark.parametrize("kind", ["Deployment", "Service", "Ingress", "ConfigMap", "Secret"])
def test_the_version_of_an_api_below_a_kind_alone_states_no_resource(kind: str) -> None:
    model = read(f"### {kind}", "- **apiVersion**: v1")
    assert stated(model) == []
    assert told(model) == []


def test_what_defines_a_file_of_values_is_no_key_of_it() -> None:
    model = read(
        "### values.yaml Model",
        "",
        "**Definition**: Default values for the chart",
        "",
        "**Fields**:",
        "- **Description**: what the chart takes",
        "- `image.tag`: tag of the image",
        "- `Purpose`: shop",
    )
    assert stated(model) == [
        (7, "Values", "values.yaml", "image.tag", ""),
        (8, "Values", "values.yaml", "Purpose", "shop"),
    ]
