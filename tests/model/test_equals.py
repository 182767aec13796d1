"""Keys and values with a sign between them, in lists and paragraphs; types of Services for a part of the system."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


@pytest.mark.parametrize("mark", ["", "- "])
def test_a_sign_parts_a_key_and_its_value(mark: str) -> None:
    model = read("## Deployment `web`", "", f"{mark}Replicas = 2", f"{mark}Container port = 3000")
    assert [(fact[0], *fact[3:]) for fact in stated(model)][1:] == [
        (3, "replicas", "2"),
        (4, "containerPort", "3000"),
    ]

    config = read("## ConfigMap `conf`", "", f"{mark}LOG_LEVEL = info", f"{mark}MODE=fast")
    assert [fact[3:] for fact in stated(config)][1:] == [("data.LOG_LEVEL", "info"), ("data.MODE", "fast")]

    values = read("## values.yaml", "", f"{mark}web.replicas = 2", f'{mark}image.tag = "1.0"')
    assert [fact[3:] for fact in stated(values)] == [("web.replicas", "2"), ("image.tag", "1.0")]

    secret = read("## Secret `auth`", "", f"{mark}TOKEN = hunter2")
    assert [fact[3:] for fact in stated(secret)][1:] == [("data.TOKEN", "")]
    assert "hunter2" not in repr(secret)


def test_a_key_that_is_not_known_is_told_and_what_stands_below_a_selector_is_a_label() -> None:
    assert [line for line, _ in told(read("## Deployment `web`", "- Replcas = 2"))] == [2]
    model = read("## Service `web`", "- Selector:", "  - app = web")
    assert stated(model)[-1] == (3, "Service", "web", "selector", "app=web")


@pytest.mark.parametrize("line", ["If a == b, all is well.", "It holds that x = y = z.", "= 2"])
def test_other_lines_with_such_a_sign_state_nothing(line: str) -> None:
    assert prose(read("## ConfigMap `conf`", "- LEVEL: info", "", line)) == [4]


def test_a_type_of_service_for_a_part_of_the_system_may_hold_in_one_environment() -> None:
    above = ("## Services", "- **web-svc**", "## Values", "**values-minikube.yaml** (local development):")
    (fact,) = (s for s in read(*above, "- NodePort service type for the web").statements if s.line == 5)
    assert (fact.name, fact.attribute, fact.value, fact.environment) == ("web-svc", "type", "NodePort", "local")
    assert [fact[0] for fact in stated(read(*above, "- NodePort service type for the team"))] == [2]
