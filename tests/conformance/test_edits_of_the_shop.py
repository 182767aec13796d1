"""What a team changes in manifests of many kinds: each edit is one finding, with the lines that it violates."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

SHOP = Path(__file__).parent / "shop"
MANIFESTS = (SHOP / "manifests.yaml").read_text()

EDITS = (
    (
        "ingress host",
        "Ingress",
        "- host: shop.example",
        "- host: www.shop.example",
        "documented-ingress-differs",
        201,
        [224],
    ),
    ("ingress backend", "Ingress", "name: shop-web", "name: shop-webb", "documented-ingress-differs", 208, [231]),
    ("ingress port", "Ingress", "number: 80", "number: 8080", "documented-ingress-differs", 210, [233]),
    ("ingress path", "Ingress", "path: /\n", "path: /shop\n", "documented-ingress-differs", 204, [227]),
    ("ingress class removed", "Ingress", "  ingressClassName: nginx\n", "", "documented-ingress-differs", 195, [219]),
    (
        "tls removed",
        "Ingress",
        "  tls:\n    - hosts: [shop.example]\n      secretName: shop-tls\n",
        "",
        "documented-ingress-differs",
        195,
        [222],
    ),
    (
        "hpa max",
        "HorizontalPodAutoscaler",
        "maxReplicas: 6",
        "maxReplicas: 10",
        "documented-scaling-differs",
        219,
        [244],
    ),
    (
        "hpa min>max",
        "HorizontalPodAutoscaler",
        "minReplicas: 2",
        "minReplicas: 8",
        "documented-scaling-differs",
        218,
        [243],
    ),
    (
        "hpa target",
        "HorizontalPodAutoscaler",
        "name: shop-web\n  metrics",
        "name: shop-api\n  metrics",
        "documented-scaling-differs",
        223,
        [248],
    ),
    (
        "hpa cpu",
        "HorizontalPodAutoscaler",
        "averageUtilization: 70",
        "averageUtilization: 90",
        "documented-scaling-differs",
        230,
        [255],
    ),
    (
        "hpa metric memory",
        "HorizontalPodAutoscaler",
        "name: cpu",
        "name: memory",
        "documented-scaling-differs",
        224,
        [255],
    ),
    ("pdb 2", "PodDisruptionBudget", "minAvailable: 1", "minAvailable: 2", "documented-scaling-differs", 238, [265]),
    (
        "pdb maxUnavailable",
        "PodDisruptionBudget",
        "minAvailable: 1",
        "maxUnavailable: 1",
        "documented-scaling-differs",
        237,
        [265],
    ),
    ("pdb selector", "PodDisruptionBudget", "app: shop-web", "app: web", "documented-selector-differs", 241, [268]),
    ("pvc size", "PersistentVolumeClaim", "storage: 5Gi", "storage: 50Gi", "documented-storage-differs", 132, [147]),
    (
        "pvc class",
        "PersistentVolumeClaim",
        "storageClassName: fast",
        "storageClassName: slow",
        "documented-storage-differs",
        129,
        [144],
    ),
    (
        "pvc mode",
        "PersistentVolumeClaim",
        "- ReadWriteOnce",
        "- ReadWriteMany",
        "documented-storage-differs",
        127,
        [143],
    ),
    (
        "volume removed",
        "Deployment",
        (
            "      volumes:\n"
            "        - name: pages\n"
            "          persistentVolumeClaim:\n"
            "            claimName: shop-pages"
        ),
        "",
        "documented-storage-differs",
        73,
        [132],
    ),
    (
        "volume to emptyDir",
        "Deployment",
        "          persistentVolumeClaim:\n            claimName: shop-pages",
        "          emptyDir: {}",
        "documented-storage-differs",
        117,
        [132],
    ),
    (
        "mount path",
        "Deployment",
        "mountPath: /srv/pages",
        "mountPath: /var/pages",
        "documented-storage-differs",
        115,
        [128],
    ),
    (
        "mount name typo",
        "Deployment",
        "- name: pages\n              mountPath",
        "- name: page\n              mountPath",
        "documented-storage-differs",
        113,
        [128],
    ),
    (
        "env removed",
        "Deployment",
        "            - name: REGION\n              value: north\n",
        "",
        "documented-environment-differs",
        80,
        [105],
    ),
    ("env renamed", "Deployment", "name: REGION", "name: AREA", "documented-environment-differs", 80, [105]),
    ("env value", "Deployment", "value: north", "value: south", "documented-environment-differs", 92, [105]),
    (
        "env from other secret key",
        "Deployment",
        "key: DB_PASSWORD",
        "key: PASSWORD",
        "documented-environment-differs",
        86,
        [101],
    ),
    (
        "env secret to literal",
        "Deployment",
        (
            "              valueFrom:\n"
            "                secretKeyRef:\n"
            "                  name: shop-secrets\n"
            "                  key: DB_PASSWORD\n"
        ),
        "              value: hunter2\n",
        "documented-environment-differs",
        86,
        [101],
    ),
    (
        "securityContext removed",
        "Deployment",
        ("          securityContext:\n            runAsNonRoot: true\n            readOnlyRootFilesystem: true\n"),
        "",
        "documented-security-context-differs",
        75,
        [117, 118],
    ),
    (
        "runAsNonRoot false",
        "Deployment",
        "runAsNonRoot: true",
        "runAsNonRoot: false",
        "documented-security-context-differs",
        104,
        [117],
    ),
    ("probe path", "Deployment", "path: /live", "path: /healthz", "documented-probe-differs", 100, [113]),
    (
        "probe port",
        "Deployment",
        "path: /live\n              port: 8080",
        "path: /live\n              port: 8081",
        "documented-probe-differs",
        101,
        [114],
    ),
    (
        "liveness removed",
        "Deployment",
        (
            "          livenessProbe:\n"
            "            httpGet:\n"
            "              path: /live\n"
            "              port: 8080\n"
            "            initialDelaySeconds: 5\n"
        ),
        "",
        "documented-probe-differs",
        75,
        [113, 114, 115],
    ),
    ("strategy", "Deployment", "type: Recreate", "type: RollingUpdate", "documented-field-differs", 65, [78]),
    ("replicas 1", "Deployment", "replicas: 2", "replicas: 1", "documented-replicas-differ", 63, [76]),
    (
        "container port",
        "Deployment",
        "containerPort: 8080",
        "containerPort: 9090",
        "documented-port-differs",
        79,
        [92],
    ),
    ("label tier", "Deployment", "tier: front", "tier: web", "documented-label-differs", 61, [74]),
    (
        "pod label",
        "Deployment",
        "      labels:\n        app: shop-web",
        "      labels:\n        app: web",
        "documented-label-differs",
        72,
        [85],
    ),
    ("svc nodePort", "Service", "nodePort: 30090", "nodePort: 30091", "documented-port-differs", 53, [64]),
    ("headless to clusterip", "Service", "  clusterIP: None\n", "", "documented-field-differs", 31, [41]),
    (
        "sts serviceName",
        "StatefulSet",
        "serviceName: shop-db",
        "serviceName: db",
        "documented-field-differs",
        140,
        [157],
    ),
    ("sts image", "StatefulSet", "postgres:16", "postgres:17", "documented-image-differs", 153, [170]),
    (
        "sts sa",
        "StatefulSet",
        "serviceAccountName: shop-db",
        "serviceAccountName: shop-dbs",
        "documented-field-differs",
        150,
        [167],
    ),
    ("cron schedule", "CronJob", "0 3 * * *", "0 4 * * *", "documented-field-differs", 167, [186]),
    (
        "cron restart",
        "CronJob",
        "restartPolicy: OnFailure",
        "restartPolicy: Never",
        "documented-field-differs",
        172,
        [191],
    ),
    ("cron bad schedule", "CronJob", "0 3 * * *", "0 25 * * *", "documented-field-differs", 167, [186]),
    ("secret type", "Secret", "type: Opaque", "type: kubernetes.io/basic-auth", "documented-field-differs", 22, [29]),
    ("cm value", "ConfigMap", "LOG_LEVEL: info", "LOG_LEVEL: debug", "documented-value-differs", 15, [20]),
    ("component type", "Component", "pubsub.redis", "pubsub.kafka", "documented-field-differs", 249, [278]),
)
"""Name, kind, old and new text in the first object of the kind that has it; rule, line, and the document's lines."""


def _edited(kind: str, old: str, new: str) -> str:
    parts = MANIFESTS.split("\n---\n")
    place = next(n for n, part in enumerate(parts) if f"kind: {kind}\n" in part and old in part)
    return "\n---\n".join((*parts[:place], parts[place].replace(old, new, 1), *parts[place + 1 :]))


def _check(manifests: str, renderer: Renderer, document: str = "manifests.md") -> Report:
    Path("manifests.yaml").write_text(manifests)
    Path("data-model.md").write_text((SHOP / document).read_text())
    return run(Request(("manifests.yaml",), data_model="data-model.md", namespace="shop"), renderer)


@pytest.mark.parametrize(
    ("kind", "old", "new", "rule", "line", "lines"),
    [edit[1:] for edit in EDITS],
    ids=[edit[0].replace(" ", "-") for edit in EDITS],
)
def test_an_edit_is_one_finding(
    kind: str,
    old: str,
    new: str,
    rule: str,
    line: int,
    lines: list[int],
    renderer: Renderer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    known = {(finding.rule, finding.message) for finding in _check(MANIFESTS, renderer).findings}

    report = _check(_edited(kind, old, new), renderer)

    told = [f for f in report.findings if (f.rule, f.message) not in known and f.rule != "undocumented"]
    assert [(f.rule, f.severity, f.location.file, f.location.line) for f in told] == [
        (rule, Severity.ERROR, "manifests.yaml", line)
    ]
    assert [ref.line for ref in told[0].statements] == lines


GONE = (
    ("CronJob", "entities.md", [19]),
    ("Service", "manifests.md", [38, 39, 41, 43, 46, 47, 48]),
    ("ServiceAccount", "manifests.md", [7, 8, 10]),
    ("PersistentVolumeClaim", "manifests.md", [139, 140, 143, 144, 147]),
)


@pytest.mark.parametrize(("kind", "document", "lines"), GONE, ids=[kind for kind, *_ in GONE])
def test_an_object_that_is_gone_is_one_finding_with_what_uses_it(
    kind: str, document: str, lines: list[int], renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known = {(f.rule, f.message) for f in _check(MANIFESTS, renderer, document).findings}
    parts = MANIFESTS.split("\n---\n")
    parts.remove(next(part for part in parts if f"kind: {kind}\n" in part))

    report = _check("\n---\n".join(parts), renderer, document)

    told = [f for f in report.findings if (f.rule, f.message) not in known and f.rule != "undocumented"]
    assert [(f.rule, f.location.file) for f in told] == [("documented-entity-missing", "data-model.md")]
    assert [ref.line for ref in told[0].statements] == lines
