"""One change in a chart that is right gives one finding, at the line of the template that is wrong."""

from __future__ import annotations

import pytest
from tests.graph.conftest import Check, brief

API, WEB, CONFIG = "templates/api.yaml", "templates/web.yaml", "templates/config.yaml"
RIGHTS, POLICY, TEST = "templates/rights.yaml", "templates/policy.yaml", "templates/test.yaml"
NAME = '{{ include "shop.fullname" . }}'

DEFECTS = [
    (
        API,
        f"{NAME}-config\n                  key",
        f"{NAME}-settings\n                  key",
        "config-map-not-rendered",
        "warning",
        29,
    ),
    (API, "key: log_level", "key: log-level", "config-map-key-missing", "error", 30),
    (API, "key: password", "key: passwort", "secret-key-missing", "error", 40),
    (API, f"claimName: {NAME}-data", "claimName: data", "claim-not-rendered", "warning", 47),
    (
        API,
        f"serviceAccountName: {NAME}",
        f"serviceAccountName: {NAME}-api",
        "service-account-not-rendered",
        "warning",
        18,
    ),
    (API, "targetPort: http", "targetPort: web", "target-port-unknown", "error", 60),
    (API, "targetPort: http", "targetPort: 8080", "target-port-unknown", "warning", 60),
    (WEB, "targetPort: 3000", "targetPort: 3001", "target-port-unknown", "warning", 41),
    (
        WEB,
        f"name: {NAME}-web\n                port",
        f"name: {NAME}\n                port",
        "backend-not-rendered",
        "warning",
        56,
    ),
    (WEB, "number: 80", "number: 3000", "backend-port-unknown", "error", 58),
    (
        WEB,
        f"kind: Deployment\n    name: {NAME}-web",
        f"kind: Deployment\n    name: {NAME}",
        "scale-target-not-rendered",
        "warning",
        69,
    ),
    (
        WEB,
        '    {{- include "shop.labels" . | nindent 4 }}\n    app.kubernetes.io/component: web\n  ports',
        "    app: web\n  ports",
        "service-selects-no-pods",
        "error",
        37,
    ),
    (WEB, "component: web\n  ports", "component: front\n  ports", "service-selects-no-pods", "error", 38),
    (
        WEB,
        "minAvailable: 1\n  selector:\n    matchLabels:\n",
        "minAvailable: 1\n  selector:\n    matchLabels:\n      tier: web\n",
        "budget-selects-no-pods",
        "warning",
        79,
    ),
    (WEB, f"value: http://{NAME}-api/v1", "value: http://api/v1", "url-host-unknown", "warning", 26),
    (WEB, f"value: http://{NAME}-api/v1", f"value: http://{NAME}-backend/v1", "url-host-unknown", "warning", 26),
    (WEB, f"value: http://{NAME}-api/v1", f"value: http://{NAME}-api:8000/v1", "url-port-unknown", "error", 26),
    (RIGHTS, f"kind: Role\n  name: {NAME}", f"kind: Role\n  name: {NAME}-reader", "role-not-rendered", "warning", 22),
    (
        RIGHTS,
        f"kind: ServiceAccount\n    name: {NAME}",
        f"kind: ServiceAccount\n    name: {NAME}-web",
        "service-account-not-rendered",
        "warning",
        25,
    ),
    (
        RIGHTS,
        f"kind: ServiceAccount\n    name: {NAME}",
        "kind: ServiceAccount\n    name: shpo",
        "service-account-not-rendered",
        "warning",
        25,
    ),
    (
        RIGHTS,
        f"kind: Role\n  name: {NAME}\ns",
        f"kind: ClusterRole\n  name: {NAME}\ns",
        "role-not-rendered",
        "warning",
        21,
    ),
    (
        RIGHTS,
        "namespace: {{ .Release.Namespace }}",
        "namespace: prod",
        "service-account-not-rendered",
        "warning",
        26,
    ),
    (WEB, "kind: Deployment\n    name", "kind: StatefulSet\n    name", "scale-target-not-rendered", "warning", 68),
    (
        POLICY,
        "app.kubernetes.io/component: web\n        - podSelector",
        "app.kubernetes.io/component: front\n        - podSelector",
        "connection-cut-by-policy",
        "error",
        11,
    ),
    (POLICY, "- port: http", "- port: 9000", "connection-cut-by-policy", "error", 19),
    (POLICY, "- port: 8000", "- port: 80", "connection-cut-by-policy", "error", 40),
    (POLICY, "- port: 53", "- port: 54", "connection-cut-by-policy", "error", 31),
    (POLICY, "- port: 53", "- port: 5353", "connection-cut-by-policy", "error", 31),
    (
        POLICY,
        "component: api\n  ingress",
        "component: apy\n  ingress",
        "network-policy-selects-no-pods",
        "warning",
        9,
    ),
    (TEST, f"name: {NAME}-config", f"name: {NAME}-conf", "hook-refers-to-nothing", "warning", 20),
    (TEST, "hook: test", "hook: pre-install", "hook-runs-too-early", "error", 20),
    (TEST, f"{NAME}-api:80", f"{NAME}-backend:80", "url-host-unknown", "warning", 15),
    (API, "component: api\n  template", "component: apy\n  template", "selector-mismatch", "error", 9),
    (CONFIG, f"name: {NAME}-login", f"name: {NAME}-config", "secret-not-rendered", "warning", None),
]


def test_the_chart_is_right(check: Check) -> None:
    assert brief(check({}).findings) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "severity", "line"), DEFECTS, ids=lambda value: str(value)[:30]
)
def test_a_defect_is_found_where_it_is(
    check: Check, file: str, old: str, new: str, rule: str, severity: str, line: int | None
) -> None:
    found = brief(check({file: (old, new)}).findings)

    if line is None:
        assert {(each[0], each[1]) for each in found} == {(rule, severity)}
    else:
        assert found == [(rule, severity, file, line)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("key: password", "key: passwort", ("the key password stands here", CONFIG, 14)),
        ("key: log_level", "key: level", ("the key log_level stands here", CONFIG, 7)),
        ("key: password", "key: port", ("the keys that are there", CONFIG, 13)),
    ],
)
def test_a_key_that_is_missing_is_told_with_the_one_that_is_meant(
    check: Check, old: str, new: str, told: tuple[str, str, int]
) -> None:
    (finding,) = [f for f in check({API: (old, new)}).findings if f.rule.endswith("-key-missing")]

    related = [(one.message, one.location.file.removeprefix("shop/"), one.location.line) for one in finding.related]
    assert told in related


def test_a_number_beside_a_port_of_the_same_name(check: Check) -> None:
    """It is wrong, also where another Service leads to that port."""
    more = (
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: {NAME}-pods\nspec:\n  clusterIP: None\n"
        '  selector:\n    {{- include "shop.labels" . | nindent 4 }}\n    app.kubernetes.io/component: api\n'
        "  ports: [{port: 8000, name: web}]\n"
    )

    found = brief(check({API: ("targetPort: http", "targetPort: 8080"), "templates/more.yaml": more}).findings)

    assert found == [("target-port-unknown", "warning", API, 60)]


TLS = (
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {0}-tls\ntype: kubernetes.io/tls\n"
    "stringData: {{tls.crt: '', tls.key: ''}}\n---\n"
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {0}-registry\nstringData: {{auths: ''}}\n---\n"
    "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {0}-puller\nimagePullSecrets:\n  - name: PULLED\n"
)


@pytest.mark.parametrize(
    ("tls", "pulled", "told"),
    [
        (f"{NAME}-tls", f"{NAME}-registry", []),
        ("made-by-cert-manager", "registry-login", []),
        (f"{NAME}-web-tls", f"{NAME}-images", []),  # nothing is misspelt: others make them
        (f"{NAME}-tsl", f"{NAME}-registry", [(WEB, 49)]),
        ("shop-tls", f"{NAME}-registry", [(WEB, 49)]),
        (f"{NAME}-tls", f"{NAME}-regsitry", [("templates/tls.yaml", 19)]),
    ],
)
def test_secrets_that_others_may_make(check: Check, tls: str, pulled: str, told: list[tuple[str, int]]) -> None:
    changes: dict[str, tuple[str, str] | str] = {
        "templates/tls.yaml": TLS.format(NAME).replace("PULLED", pulled),
        WEB: ("spec:\n  rules:", f"spec:\n  tls:\n    - secretName: {tls}\n  rules:"),
    }

    found = [one for one in brief(check(changes).findings) if one[0] == "secret-not-rendered"]

    assert found == [("secret-not-rendered", "warning", *place) for place in told]


def test_a_clash_is_one_finding(check: Check) -> None:
    """Nobody knows which of the two Services is there, so that nothing is said of what leads to them."""
    more = f"apiVersion: v1\nkind: Service\nmetadata:\n  name: {NAME}-api\nspec:\n  ports: [{{port: 9000}}]\n"

    found = brief(check({"templates/aaa.yaml": more}).findings)

    assert [(rule, severity) for rule, severity, *_ in found] == [("duplicate-resource", "error")]


NEAR_MISSES = [
    (API, "key: log_level", "key: log-level\n                  optional: true"),
    (API, "targetPort: http", "targetPort: 8000"),
    (WEB, f"value: http://{NAME}-api/v1", "value: http://api.example.com/v1"),
    (WEB, f"value: http://{NAME}-api/v1", "value: http://api.login.svc.cluster.local:8000"),
    (WEB, f"value: http://{NAME}-api/v1", "value: http://localhost:8000"),
    (WEB, f"value: http://{NAME}-api/v1", f"value: http://{NAME}-api.{{{{ .Release.Namespace }}}}.svc:80"),
    (WEB, "image: shop/web:1.0", "image: web:8080"),
    (WEB, "number: 80", "number: 80 # 3000"),
    (POLICY, "- port: 8000", "- port: 7999\n          endPort: 8001"),
    (POLICY, "- port: 8000", "- port: http"),
    (
        POLICY,
        "    - ports:\n        - port: 53\n          protocol: UDP\n",
        "    - to:\n        - ipBlock: {cidr: 10.0.0.0/8}\n",
    ),
    (
        POLICY,
        "    - ports:\n        - port: 53\n",
        "    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}]\n"
        "      ports:\n        - port: 5353\n",
    ),
    (POLICY, "policyTypes: [Egress]\n", "policyTypes: [Egress, Ingress]\n"),
    (RIGHTS, f"kind: Role\n  name: {NAME}", "kind: ClusterRole\n  name: view"),
    (
        RIGHTS,
        f"name: {NAME}\n    namespace: {{{{ .Release.Namespace }}}}",
        "name: prometheus\n    namespace: monitoring",
    ),
    (API, f"serviceAccountName: {NAME}", "serviceAccountName: default"),
    (TEST, "hook: test", "hook: post-install,pre-upgrade"),
]


@pytest.mark.parametrize(("file", "old", "new"), NEAR_MISSES, ids=lambda value: str(value)[:30])
def test_what_is_nearly_wrong_is_silent(check: Check, file: str, old: str, new: str) -> None:
    found = brief(check({file: (old, new)}).findings)

    assert [each for each in found if each[1] != "note"] == []


WRITTEN_OUT = [
    (WEB, f"value: http://{NAME}-api/v1", "value: http://shop-api/v1", "url-host-unknown", "warning", 26),
    (
        WEB,
        f"name: {NAME}-web\n                port",
        "name: shop-web\n                port",
        "backend-not-rendered",
        "warning",
        56,
    ),
    (
        API,
        f"name: {NAME}-login\n                  key: password",
        "name: shop-login\n                  key: password",
        "secret-not-rendered",
        "warning",
        39,
    ),
    (
        WEB,
        "    app.kubernetes.io/component: web\n  ports",
        "    app.kubernetes.io/component: web\n    app.kubernetes.io/instance: shop\n  ports",
        "service-selects-no-pods",
        "error",
        39,
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "severity", "line"), WRITTEN_OUT, ids=lambda value: str(value)[:30]
)
def test_a_name_that_fits_by_chance_is_found_under_another_release_name(
    check: Check, file: str, old: str, new: str, rule: str, severity: str, line: int
) -> None:
    (found,) = [f for f in check({file: (old, new)}).findings if f.rule != "duplicate-key"]

    assert brief((found,)) == [(rule, severity, file, line)]
    assert found.message.startswith("when the release is called release-name: ")
    assert found.profiles == ("default as release-name",)


def test_under_a_name_of_its_own_nothing_is_said_twice(check: Check) -> None:
    report = check({WEB: (f"value: http://{NAME}-api/v1", "value: http://api/v1")})

    (found,) = report.findings
    assert found.profiles == ("default",)
    assert "Service/shop-api is" in found.message


def test_a_finding_names_the_values_key(check: Check) -> None:
    report = check({"values.yaml": ("apiPort: 80", "apiPort: 8000")})

    (found,) = report.findings
    assert brief((found,)) == [("url-port-unknown", "error", CONFIG, 6)]
    assert "shop-api:8000; Service/shop-api has 80 (http)" in found.message
    assert ("shop/values.yaml", 1) in [(r.location.file, r.location.line) for r in found.related]


@pytest.mark.parametrize("declared", ["Service/api", "Service/a*"])
def test_what_is_declared_as_outside_is_silent(check: Check, declared: str) -> None:
    change = {WEB: (f"value: http://{NAME}-api/v1", "value: http://api/v1")}

    assert brief(check(change, f"outside: [{declared}]\n").findings) == []
    assert len(check(change, "outside: [Service/other, Secret/api]\n").findings) == 1


def test_the_host_in_a_secret_is_not_shown(check: Check) -> None:
    report = check({CONFIG: (f"@{NAME}-api:80/shop", f"@{NAME}-database:5432/shop")})

    (found,) = report.findings
    assert brief((found,)) == [("url-host-unknown", "warning", CONFIG, 15)]
    text = repr(found)
    assert "database of Secret/shop-login names a host" in found.message
    assert "shop-database" not in text
    assert "never-to-be-seen" not in text
    assert "5432" not in text


@pytest.mark.parametrize(
    ("reads", "severity"),
    [
        ("valueFrom: {configMapKeyRef: {name: %s-config, key: api_url}}", "error"),
        ("value: http://example.com", "warning"),  # the pod takes the ConfigMap whole
    ],
)
def test_an_address_in_a_config_map_is_needed_by_the_pods_that_read_it(
    check: Check, reads: str, severity: str
) -> None:
    change = {
        WEB: (f"value: http://{NAME}-api/v1", reads.replace("%s", NAME)),
        POLICY: ("- port: 8000", "- port: 80"),
    }

    (found,) = check(change).findings
    assert brief((found,)) == [("connection-cut-by-policy", severity, POLICY, 40)]
    assert ("shop/templates/config.yaml", 6) in [(r.location.file, r.location.line) for r in found.related]


def test_probes_of_one_container_that_use_one_port_are_one_finding(check: Check) -> None:
    probes = "".join(
        f"          {kind}Probe:\n            tcpSocket: {{port: htp}}\n" for kind in ("liveness", "readiness")
    )

    (found,) = check({API: ("          env:\n", f"{probes}          env:\n")}).findings

    assert brief((found,)) == [("probe-port-unknown", "error", API, 26)]
    assert "livenessProbe uses the port htp" in found.message
    assert [r.location.line for r in found.related if r.message == "readinessProbe uses it as well"] == [28]


FOLLOWS = {WEB: (f"value: http://{NAME}-api/v1", "value: http://{{ .Release.Name }}-queue:9324")}


def test_a_host_that_the_users_name_is_a_note(check: Check) -> None:
    plain = check(FOLLOWS)
    named = check({**FOLLOWS, "values.yaml": ("logLevel", 'queue: {serviceName: ""}\nlogLevel')})
    of_another = check({**FOLLOWS, "values.yaml": ("logLevel", 'cache: {serviceName: ""}\nlogLevel')})

    assert ("url-host-unknown", "warning", WEB, 26) in brief(plain.findings)
    assert ("url-host-unknown", "note", WEB, 26) in brief(named.findings)
    assert ("url-host-unknown", "warning", WEB, 26) in brief(of_another.findings)


@pytest.mark.parametrize(("port", "severity"), [(80, "warning"), (3000, "warning"), (9113, "note")])
def test_a_service_without_that_port_is_probably_not_meant(check: Check, port: int, severity: str) -> None:
    change = {WEB: (f"value: http://{NAME}-api/v1", f"value: http://web:{port}")}

    assert brief(check(change).findings) == [("url-host-unknown", severity, WEB, 26)]


def test_a_service_in_another_namespace_is_told_as_such(check: Check) -> None:
    report = check({API: ("kind: Service\nmetadata:\n", "kind: Service\nmetadata:\n  namespace: other\n")})

    messages = [finding.message for finding in report.findings if finding.rule == "url-host-unknown"]
    assert any("Service/shop-api is not rendered in the namespace default, but in another one" in m for m in messages)


NGINX = f"""\
apiVersion: v1
kind: ConfigMap
metadata:
  name: nginx
data:
  nginx.conf: |
    server {{
      set $api http://{NAME}-web;
      location / {{ proxy_pass $api%s; }}
    }}
"""


@pytest.mark.parametrize(("added", "told"), [("", [("url-port-unknown", "note", 8)]), (":8080", [])])
def test_a_port_that_nginx_adds_to_a_variable(check: Check, added: str, told: list[tuple[str, str, int]]) -> None:
    report = check({WEB: ("- port: 80\n", "- port: 8080\n"), "templates/nginx.yaml": NGINX % added})

    found = [each for each in brief(report.findings) if each[2] == "templates/nginx.yaml"]
    assert [(rule, severity, line) for rule, severity, _, line in found if rule == "url-port-unknown"] == told


def test_a_crd_of_the_chart_may_name_any_hook(check: Check) -> None:
    text = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: {0}s.example.com\n"
        '  annotations: {{"helm.sh/hook": crd-install}}\nspec:\n  group: example.com\n  scope: Namespaced\n'
        "  names: {{plural: {0}s, singular: {0}, kind: Thing, listKind: ThingList}}\n  versions:\n"
        "    - {{name: v1, served: true, storage: true, schema: {{openAPIV3Schema: {{type: object}}}}}}\n"
    )
    files = {"crds/a.yaml": text.format("one"), "templates/b.yaml": text.format("two").replace("Thing", "Other")}

    assert brief(check(files).findings) == [("unknown-hook", "warning", "templates/b.yaml", 5)]


def test_two_resources_with_one_identity(check: Check) -> None:
    again = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-config\n"

    found = check({"templates/other.yaml": again}).findings

    assert brief(found) == [("duplicate-resource", "error", "templates/other.yaml", 4)]
    assert found[0].profiles == ("default",)


def test_hooks_may_have_one_identity(check: Check) -> None:
    hook = 'metadata:\n  name: shop-checks\n  annotations: {"helm.sh/hook": pre-install}\n'
    twice = f"apiVersion: v1\nkind: ConfigMap\n{hook}---\napiVersion: v1\nkind: ConfigMap\n{hook}"

    assert brief(check({"templates/other.yaml": twice}).findings) == []


def test_a_secret_that_a_certificate_makes_is_silent(check: Check) -> None:
    uses = {
        API: (
            "claimName: " + NAME + "-data",
            "claimName: "
            + NAME
            + "-data\n        - name: tls\n          secret:\n            secretName: "
            + NAME
            + "-tls",
        ),
        "templates/certificate.yaml": "apiVersion: cert-manager.io/v1\nkind: Certificate\n"
        f"metadata:\n  name: {NAME}\nspec:\n  secretName: {NAME}-tls\n",
    }

    assert brief(check(uses).findings) == []
    assert [f.rule for f in check({API: uses[API]}).findings] == ["secret-not-rendered"]


ACCOUNT = (f"serviceAccountName: {NAME}", "serviceAccountName: outsider")


def test_another_service_account_is_a_warning_where_one_is_rendered_that_no_pod_uses(check: Check) -> None:
    unused = check({API: ACCOUNT, WEB: ACCOUNT})
    used = check({API: ACCOUNT})

    assert brief(unused.findings) == [("service-account-not-rendered", "warning", API, 18)]  # it lacks once, for both
    assert ("shop/" + WEB, 18) in [(r.location.file, r.location.line) for r in unused.findings[0].related]
    assert brief(used.findings) == [("service-account-not-rendered", "note", API, 18)]


def test_a_secret_that_other_values_render_is_a_note(check: Check) -> None:
    optional = "{{ if .Values.tls }}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n{{ end }}\n"
    change = {
        API: (
            f"name: {NAME}-login\n                  key: password",
            f"name: {NAME}-tls\n                  key: password",
        )
    }

    rendered = check({**change, "templates/tls-secret.yaml": optional})

    assert ("secret-not-rendered", "warning", API, 39) in brief(check(change).findings)
    assert ("secret-not-rendered", "note", API, 39) in brief(rendered.findings)


def test_a_test_pod_with_the_labels_of_the_workload_is_no_pod_of_the_service(check: Check) -> None:
    labels = '{{- include "shop.labels" . | nindent 4 }}\n    app.kubernetes.io/component: api\n    shop-client'
    pod = {TEST: ("shop-client", labels)}

    assert brief(check(pod).findings) == []
    assert brief(check({**pod, API: ("targetPort: http", "targetPort: 8080")}).findings) == [
        ("target-port-unknown", "warning", API, 60)
    ]


def test_where_a_document_cannot_be_read_the_rest_is_not_blamed(check: Check) -> None:
    report = check({API: ("kind: Service\n", "kind: Service\n  broken: [\n")})

    assert {finding.rule for finding in report.findings} == {"rendered-yaml-unreadable"}
    assert any("what refers to what was not checked" in remark for remark in report.summary.remarks)
