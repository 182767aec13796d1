"""Types state nothing; a value or a default in their parentheses or comments does, and the keys of data are there."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("port: integer (8000)", [("port", "8000")]),
        ("targetPort: integer (3000 for the pages)", [("targetPort", "3000")]),
        ('type: string ("ClusterIP")', [("type", "ClusterIP")]),
        ("nodePort: integer (default: 30080, local)", [("nodePort", "30080")]),
        ("port: integer", []),
        ("port: integer (the port that is exposed)", []),
        ("type: string (ClusterIP, NodePort)", []),
        ('type: string (e.g., "ClusterIP")', []),
        ("nodePort: integer (optional, specific port number)", []),
    ],
)
def test_a_type_with_a_value_behind_it(line: str, facts: list[tuple[str, str]]) -> None:
    model = read("## web (Service)", "- **attributes**:", f"  - {line}")
    assert [(attribute, value) for number, _, _, attribute, value in stated(model) if number == 3] == facts
    assert told(model) == []


def test_a_described_entity_is_known_by_its_role() -> None:
    lines = (
        "- **entity**: BackendService",
        "- **attributes**:",
        '  - name: string ("api")',
        "  - port: integer (8000)",
    )
    model = read("### Backend Service Configuration", *lines, "### The Service", "- port: Service port (80)")
    assert stated(model) == [(4, "Service", "api", "name", "api"), (5, "Service", "api", "port", "8000")]


def test_a_default_is_one_of_any_description() -> None:
    (fact,) = read("## Deployment", "- replicas: Number of pods (default: 2 for each)").statements
    assert (fact.attribute, fact.value, fact.modality) == ("replicas", "2", "default")


@pytest.mark.parametrize(
    "line", ["image: Image reference (name:tag)", "strategy: Update strategy (RollingUpdate, Recreate)"]
)
def test_a_form_or_a_choice_is_no_value(line: str) -> None:
    model = read("## web (Deployment)", f"- {line}")
    assert [attribute for _, _, _, attribute, _ in stated(model)] == ["name"]


def test_words_that_divide_a_description_name_nothing() -> None:
    model = read("## Deployment", "- **attributes**:", "  - replicas: integer", "## Secret", "- **attributes**:",
                 "  - jwtKey: string (signs tokens)")  # fmt: skip
    assert [(line, kind, attribute) for line, kind, _, attribute, _ in stated(model)] == [
        (6, "Secret", "data.jwtKey")
    ]


MANIFEST = """```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  labels: {{app: string}}
spec:
  replicas: integer   # pods (default: 2)
  selector: {{matchLabels: {{app: string}}}}
  template:
    spec:
      containers:
        - name: string
          image: {image}
          env: [{{name: string, valueFrom: {{secretKeyRef: {{name: string, key: string}}}}}}]
```"""


def test_a_manifest_of_types_states_what_is_no_type() -> None:
    model = read(*MANIFEST.format(name="web", image="string").split("\n"))
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)] == [
        (5, "name", "web"),
        (8, "replicas", "2"),
    ]
    assert stated(read(*MANIFEST.format(name="string", image="web:1").split("\n"))) == [
        (8, "Deployment", "", "replicas", "2"),
        (14, "Deployment", "", "image", "web:1"),
    ]


def test_the_keys_of_data_that_are_typed_are_there() -> None:
    model = read(
        "```yaml", "kind: ConfigMap", "metadata: {name: app}", "data:", "  LEVEL: string", "  URL: string", "```"
    )
    assert stated(model)[1:] == [(5, "ConfigMap", "app", "data.LEVEL", ""), (6, "ConfigMap", "app", "data.URL", "")]


def test_a_single_word_that_is_a_type_is_a_value() -> None:
    model = read("```yaml", "kind: ConfigMap", "metadata: {name: app}", "data: {MODE: object, LEVEL: info}", "```")
    assert (4, "ConfigMap", "app", "data.MODE", "object") in stated(model)
