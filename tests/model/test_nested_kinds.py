"""Lists whose items are kinds, components and names of resources, with their facts nested below."""

from __future__ import annotations

from tests.model.reading import prose, read, stated, told


def test_a_name_in_code_marks_that_ends_in_a_kind_is_taken_whole() -> None:
    model = read("3. Workloads", "   1. `web-deployment`", "      1. Number of replicas: 2")
    assert stated(model) == [
        (2, "Deployment", "web-deployment", "name", "web-deployment"),
        (3, "Deployment", "web-deployment", "replicas", "2"),
    ]


def test_words_that_end_in_a_kind_describe_one() -> None:
    model = read("- **Web Deployment**", "  - Replicas: 2")
    assert stated(model) == [(2, "Deployment", "web", "replicas", "2")]


def test_what_is_requested_and_what_is_the_limit_stand_in_one_line() -> None:
    model = read("- **web-deployment** (Deployment)", "  - CPU: 200m requested, 500m limit")
    assert stated(model)[1:] == [
        (2, "Deployment", "web-deployment", "resources.requests.cpu", "200m"),
        (2, "Deployment", "web-deployment", "resources.limits.cpu", "500m"),
    ]
    assert told(model) == []
    assert prose(model) == []


def test_kinds_below_a_component_are_its_resources() -> None:
    model = read(
        "- **Frontend** (Next.js)",
        "  - Deployment",
        "    - Name: `web-app`",
        "    - Container",
        "      - Name: `next`",
        "      - Port: 3000",
        "      - Resources",
        "        - Requests",
        "          - CPU: 300m",
        "      - Probes",
        "        - Liveness: `GET /`",
        "        - Period: 10s",
        "    - Grace period: 30s",
        "  - Service",
        "    - Port: 80",
    )
    assert stated(model) == [
        (3, "Deployment", "web-app", "name", "web-app"),
        (6, "Deployment", "web-app", "containerPort", "3000"),
        (9, "Deployment", "web-app", "resources.requests.cpu", "300m"),
        (11, "Deployment", "web-app", "livenessProbe.path", "/"),
        (12, "Deployment", "web-app", "livenessProbe.periodSeconds", "10"),
        (13, "Deployment", "web-app", "spec.template.spec.terminationGracePeriodSeconds", "30"),
        (15, "Service", "frontend", "port", "80"),
    ]
    assert told(model) == []


def test_a_kind_and_a_name_in_code_marks_are_an_entity_at_any_depth() -> None:
    model = read(
        "- Configuration",
        "  - ConfigMap `shop-config`",
        '    - `debug`: `"false"`',
        "  - Secret `shop-secrets`",
        "    - `token`",
    )
    assert stated(model) == [
        (2, "ConfigMap", "shop-config", "name", "shop-config"),
        (3, "ConfigMap", "shop-config", "data.debug", "false"),
        (4, "Secret", "shop-secrets", "name", "shop-secrets"),
        (5, "Secret", "shop-secrets", "data.token", ""),
    ]


def test_a_service_below_a_deployment_has_ports_of_its_own() -> None:
    model = read("- **shop-api** (Deployment)", "  - Port: 3000", "  - Service", "    - Port: 80")
    assert stated(model)[1:] == [
        (2, "Deployment", "shop-api", "containerPort", "3000"),
        (4, "Service", "api", "port", "80"),
    ]


def test_a_label_that_is_put_off_states_nothing_and_puts_off_what_stands_below_it() -> None:
    model = read(
        "- **Storage** (optional, off by default)",
        "  - PVC: `uploads-data`",
        "  - Size: 1Gi",
        "- **Not yet**",
        "  - Ingress",
        "    - Host: `shop.example.com`",
    )
    assert [(s.line, s.kind, s.attribute, s.modality) for s in model.statements] == [
        (2, "PersistentVolumeClaim", "name", "optional"),
        (3, "PersistentVolumeClaim", "size", "optional"),
        (6, "Ingress", "host", "future"),
    ]


def test_the_word_for_how_something_is_deployed_is_no_deployment() -> None:
    model = read("- Deployment", "  - Name: vercel", "  - Run `npm run deploy`", "  - Platform: Vercel")
    assert stated(model) == []
    assert told(model) == []


def test_a_fact_below_a_component_without_a_kind_is_told_with_a_form_that_is_read() -> None:
    ((line, hint),) = told(read("- **Frontend** (Next.js)", "  - Replicas: 2"))
    assert line == 2
    assert hint.startswith("'Frontend' above it names no kind of resource; ")
    assert hint.endswith("put it below an item such as 'Deployment `frontend`'")
    followed = read("- **Frontend** (Next.js)", "  - Deployment `frontend`", "    - Replicas: 2")
    assert (3, "Deployment", "frontend", "replicas", "2") in stated(followed)


def test_a_kind_and_names_are_of_that_kind_and_files_are_not() -> None:
    model = read(
        "- **ConfigMap:** `shop-config`",
        "- Services: `web`, `api`",
        "- Deployment: `web-app`",
        "  - Replicas: 2",
        "- **Secrets**: `shop-secret.yaml`",
    )
    assert stated(model) == [
        (1, "ConfigMap", "shop-config", "name", "shop-config"),
        (2, "Service", "web", "name", "web"),
        (2, "Service", "api", "name", "api"),
        (3, "Deployment", "web-app", "name", "web-app"),
        (4, "Deployment", "web-app", "replicas", "2"),
    ]


def test_a_mark_of_what_is_done_is_no_part_of_a_line_and_one_of_what_is_not_puts_it_off() -> None:
    model = read("## Deployment: web-app", "- [x] Replicas: 2", "- [ ] Image: `web:1`")
    assert [(s.line, s.modality) for s in model.statements] == [(1, "required"), (2, "required"), (3, "future")]


def test_emoji_around_a_text_are_no_part_of_it_and_those_that_deny_stay() -> None:
    model = read(
        *("## \U0001f680 Deployments", "", "### \U0001f5a5\ufe0f `web-app`", "", "- \U0001f501 **Replicas**: 2"),
        *("- \u274c **Port**: 3000", "", "| Service \U0001f310 | Type | Port |", "|---|---|---|"),
        "| `web` | NodePort \U0001f6aa | 80 |",
    )
    assert [fact for fact in stated(model) if fact[3] != "name"] == [
        (5, "Deployment", "web-app", "replicas", "2"),
        (10, "Service", "web", "type", "NodePort"),
        (10, "Service", "web", "port", "80"),
    ]


def test_types_of_services_in_a_table_are_no_kinds() -> None:
    model = read("| Name | Type | Port |", "|---|---|---|", "| web | NodePort | 80 |", "| api | ClusterIP | 8000 |")
    assert {fact[1] for fact in stated(model)} == {"Service"}
    assert (3, "Service", "web", "type", "NodePort") in stated(model)


def test_a_name_in_code_marks_behind_a_description_is_the_name() -> None:
    model = read("## Web Deployment (`web-app`)", "- Replicas: 2")
    assert stated(model)[0] == (1, "Deployment", "web-app", "name", "web-app")


def test_keys_in_bold_below_the_values_have_keys_below_them() -> None:
    model = read(
        *("## Default Values", "", "- **web**:", "  - replicas: 2", "  - image: {name: web, tag: v1}", "- **api**:"),
        *("  - **env**:", "    - `MODE`: fast", "- **values-dev.yaml**", "  - web.replicas: 1"),
    )
    assert stated(model) == [
        (4, "Values", "values.yaml", "web.replicas", "2"),
        (5, "Values", "values.yaml", "web.image", "{name: web, tag: v1}"),
        (8, "Values", "values.yaml", "api.env.MODE", "fast"),
        (10, "Values", "values-dev.yaml", "web.replicas", "1"),
    ]


def test_assignments_below_the_values_are_values() -> None:
    model = read("## Values", "", "```properties", "web.replicas=2", "```", "", "```sh", "export PORT=1", "```")
    assert stated(model) == [(4, "Values", "values.yaml", "web.replicas", "2")]
