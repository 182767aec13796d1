"""What documents state of the depot's chart: a fact for each kind of statement, and how document and chart change.

Each fact holds for the chart beside this file. ``other`` is what a document says instead, ``edit`` how the chart is
changed: a file, a text that is in it just once, and what stands there instead.
"""

from __future__ import annotations

from dataclasses import dataclass

Edit = tuple[str, str, str]


@dataclass(frozen=True)
class Known:
    """A fact of an entity, with what contradicts it on either side; an empty text: there is nothing to change."""

    kind: str
    name: str
    attribute: str
    value: str
    other: str
    edit: Edit


WEB, SERVICES, INGRESS = "templates/web.yaml", "templates/services.yaml", "templates/ingress.yaml"
CONFIG, STORAGE, SCALING = "templates/config.yaml", "templates/storage.yaml", "templates/scaling.yaml"


def _web(attribute: str, value: str, other: str, old: str, new: str, file: str = WEB) -> Known:
    return Known("Deployment", "depot-web", attribute, value, other, (file, old, new))


def _of(kind: str, name: str, file: str, *facts: tuple[str, str, str, str, str]) -> tuple[Known, ...]:
    return tuple(Known(kind, name, a, value, other, (file, old, new)) for a, value, other, old, new in facts)


KNOWN: tuple[Known, ...] = (
    *_of(
        "Image", "acme/depot-web", "../Dockerfile",
        ("base", "Python 3.11", "Python 3.12", "python:3.11-slim", "python:3.12-slim"),
        ("runtime", "Python 3.11", "Python 3.12", "python:3.11-slim", "python:3.12-slim"),
        ("dependencies", "Python packages", "", "", ""),  # no rendering and no Dockerfile shows that
        ("containerPort", "8080", "8081", "EXPOSE 8080", "EXPOSE 8081"),
    ),
    *_of("Image", "acme/depot-web", "values.yaml", ("image.tag", "1.4", "1.5", 'tag: "1.4"', 'tag: "1.5"')),
    *_of(
        "Image", "acme/depot-web", WEB,
        ("imagePullPolicy", "Always", "Never", "imagePullPolicy: Always", "imagePullPolicy: Never"),
    ),
    _web("replicas", "2", "3", "replicaCount: 2", "replicaCount: 3", "values.yaml"),
    _web("image", "acme/depot-web:1.4", "acme/depot-web:1.5", 'tag: "1.4"', 'tag: "1.5"', "values.yaml"),
    _web("image.repository", "acme/depot-web", "acme/web", "acme/depot-web:", "acme/web:"),
    _web("image.tag", "1.4", "1.5", 'tag: "1.4"', 'tag: "1.5"', "values.yaml"),
    _web("imagePullPolicy", "Always", "Never", "imagePullPolicy: Always", "imagePullPolicy: Never"),
    _web("containerPort", "8080", "8081", "containerPort: 8080", "containerPort: 8081"),
    _web("resources.requests.cpu", "100m", "200m", "cpu: 100m", "cpu: 200m"),
    _web("resources.requests.memory", "128Mi", "192Mi", "memory: 128Mi", "memory: 192Mi"),
    _web("resources.limits.cpu", "1", "2", 'cpu: "1"', 'cpu: "2"'),
    _web("resources.limits.memory", "256Mi", "512Mi", "memory: 256Mi", "memory: 512Mi"),
    # of kinds without names a document can say nothing else: *From ConfigMap* alone holds as well
    _web("env.from", "ConfigMap,Secret", "", "            - secretRef:\n                name: depot-secrets\n", ""),
    _web(
        "env.from", "ConfigMap/depot-config,Secret/depot-secrets", "ConfigMap/depot-config,Secret/depot-keys",
        "            - secretRef:\n                name: depot-secrets\n", "",
    ),
    _web("serviceAccountName", "depot-web", "depot", "      serviceAccountName: depot-web\n", ""),
    _web("restartPolicy", "Always", "OnFailure", "", ""),
    _web("strategy", "Recreate", "RollingUpdate", "type: Recreate", "type: RollingUpdate"),
    _web("command", '["serve"]', '["work"]', "- serve", "- work"),
    _web("namespace", "depot", "parcels", "namespace: {{ .Release.Namespace }}", "namespace: parcels"),
    _web("apiVersion", "apps/v1", "apps/v2", "", ""),
    _web("labels.tier", "front", "back", "tier: front", "tier: back"),
    _web("podLabels.zone", "east", "west", "zone: east", "zone: west"),
    _web("annotations.example.com/team", "parcels", "letters", "team: parcels", "team: letters"),
    _web("env.REGION", "north", "south", "value: north", "value: south"),
    _web(
        "envSource.DB_HOST", "ConfigMap/depot-db-config", "ConfigMap/depot-config",
        "name: depot-db-config\n                  key: DB_HOST",
        "name: depot-config\n                  key: LOG_LEVEL",
    ),
    _web("livenessProbe.path", "/live", "/alive", "path: /live", "path: /alive"),
    _web("readinessProbe.periodSeconds", "7", "8", "periodSeconds: 7", "periodSeconds: 8"),
    _web("probe.path", "/started", "/begun", "path: /started", "path: /begun"),
    _web("startupProbe.failureThreshold", "30", "20", "failureThreshold: 30", "failureThreshold: 20"),
    _web("securityContext.runAsNonRoot", "true", "false", "runAsNonRoot: true", "runAsNonRoot: false"),
    _web(
        "volumes.parcels", "PersistentVolumeClaim/depot-parcels", "PersistentVolumeClaim/parcels",
        "persistentVolumeClaim:\n            claimName: depot-parcels", "emptyDir: {}",
    ),
    _web("volumeMounts.parcels", "/srv/parcels", "/var/parcels", "mountPath: /srv/", "mountPath: /var/"),
    _web(
        "spec.template.spec.terminationGracePeriodSeconds", "45", "50",
        "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 50",
    ),
    _web("selector", "app=depot-web", "app=web", "", ""),
    *_of(
        "StatefulSet", "depot-db", "templates/db.yaml",
        ("serviceName", "depot-db", "db", "serviceName: depot-db", "serviceName: db"),
        ("containerPort", "5432", "5433", "containerPort: 5432", "containerPort: 5433"),
    ),
    *_of(
        "CronJob", "depot-cleanup", "templates/cleanup.yaml",
        ("schedule", "0 3 * * *", "0 4 * * *", "0 3 * * *", "0 4 * * *"),
        ("restartPolicy", "OnFailure", "Never", "OnFailure", "Never"),
        ("image", "acme/depot-tools:2", "acme/depot-tools:3", "depot-tools:2", "depot-tools:3"),
    ),
    *_of(
        "Job", "depot-migrate", "templates/migrate.yaml",
        ("image", "acme/depot-tools:2", "acme/depot-tools:3", "depot-tools:2", "depot-tools:3"),
    ),
    *_of(
        "DaemonSet", "depot-agent", "templates/agent.yaml",
        ("image", "acme/depot-agent:5", "acme/depot-agent:6", "depot-agent:5", "depot-agent:6"),
    ),
    *_of(
        "Pod", "depot-probe", "templates/probe.yaml",
        ("image", "acme/depot-probe:7", "acme/depot-probe:8", "depot-probe:7", "depot-probe:8"),
    ),
    *_of(
        "Service", "depot-web", SERVICES,
        ("type", "NodePort", "LoadBalancer", "type: NodePort", "type: LoadBalancer"),
        ("targetPort", "8080", "8081", "targetPort: 8080", "targetPort: 8081"),
        ("nodePort", "30090", "30091", "nodePort: 30090", "nodePort: 30091"),
        ("protocol", "TCP", "UDP", "protocol: TCP", "protocol: UDP"),
        ("selector", "app=depot-web", "app=web", "app: depot-web", "app: web"),
    ),
    *_of("Service", "depot-web", "values.yaml", ("port", "80", "8000", "port: 80", "port: 8000")),
    *_of("Service", "depot-admin", SERVICES, ("port", "9000", "9001", "port: 9000", "port: 9001")),
    *_of("Service", "depot-db", SERVICES, ("port", "5432", "5433", "port: 5432", "port: 5433")),
    *_of("Service", "depot-db", SERVICES, ("clusterIP", "None", "10.0.0.9", "  clusterIP: None\n", "")),
    *_of(
        "Ingress", "depot", INGRESS,
        ("host", "depot.example.com", "www.example.com", "- host: depot.example.com", "- host: www.example.com"),
        ("path", "/", "/parcels", "path: /\n", "path: /parcels\n"),
        ("pathType", "Prefix", "Exact", "Prefix", "Exact"),
        ("backend.service", "depot-web", "depot-db", "name: depot-web", "name: depot-db"),
        ("backend.port", "80", "81", "number: 80", "number: 81"),
        ("ingressClassName", "nginx", "traefik", "nginx", "traefik"),
        ("tls", "depot-tls", "www-tls", "depot-tls", "www-tls"),
    ),
    *_of(
        "ConfigMap", "depot-config", CONFIG,
        ("data.PUBLIC_URL", "https://depot.example.com", "https://www.example.com", "https://depot.", "https://www."),
    ),
    *_of(
        "ConfigMap", "depot-db-config", CONFIG,
        ("data.DB_HOST", "depot-db", "db", "DB_HOST: depot-db", "DB_HOST: db"),
    ),
    *_of("ConfigMap", "depot-config", "values.yaml", ("data.LOG_LEVEL", "info", "debug", "info", "debug")),
    *_of(
        "Secret", "depot-secrets", CONFIG,
        ("type", "Opaque", "example.com/pair", "type: Opaque", "type: example.com/pair"),
        ("data.DB_PASSWORD", "", "data.API_KEY", "DB_PASSWORD:", "DB_KEY:"),
    ),
    *_of(
        "PersistentVolumeClaim", "depot-parcels", STORAGE,
        ("size", "5Gi", "6Gi", "5Gi", "6Gi"),
        ("accessMode", "ReadWriteOnce", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"),
        ("storageClassName", "depot-fast", "depot-slow", "ClassName: depot-fast", "ClassName: standard"),
    ),
    *_of(
        "HorizontalPodAutoscaler", "depot-web", SCALING,
        ("minReplicas", "2", "3", "minReplicas: 2", "minReplicas: 3"),
        ("maxReplicas", "6", "7", "maxReplicas: 6", "maxReplicas: 7"),
        ("target", "Deployment/depot-web", "Deployment/web", "name: depot-web\n  metrics", "name: web\n  metrics"),
        ("metrics.cpu", "70", "80", "averageUtilization: 70", "averageUtilization: 80"),
    ),
    *_of(
        "PodDisruptionBudget", "depot-web", SCALING,
        ("minAvailable", "1", "2", "minAvailable: 1", "minAvailable: 2"),
    ),
    *_of(
        "PodDisruptionBudget", "depot-db", SCALING,
        ("maxUnavailable", "0", "1", "maxUnavailable: 0", "maxUnavailable: 1"),
    ),
    *_of(
        "Chart", "depot", "Chart.yaml",
        ("name", "depot", "store", "name: depot", "name: store"),
        ("version", "0.3.1", "0.3.2", "version: 0.3.1", "version: 0.3.2"),
        ("appVersion", "2.4.0", "2.4.1", "2.4.0", "2.4.1"),
        ("kubeVersion", ">=1.30.0-0", ">=1.31.0-0", "1.30.0", "1.31.0"),
        ("description", "Parcels in and out", "Letters in and out", "Parcels", "Letters"),
        ("apiVersion", "v2", "v1", "", ""),
        ("type", "application", "library", "", ""),
        ("dependencies.cache", "1.2.0", "1.3.0", "version: 1.2.0", "version: 1.3.0"),
        ("dependencies.cache.condition", "cache.on", "cache.enabled", "cache.on", "cache.off"),
        ("dependencies.cache.repository", "file://../cache", "file://cache", "//../cache", "//./cache"),
    ),
    *_of(
        "Network", "", SERVICES, ("externalAccess", "NodePort", "LoadBalancer", "type: NodePort", "type: ClusterIP"),
    ),
    *_of("Network", "", WEB, ("dns", "cluster DNS", "", "dnsPolicy: ClusterFirst", "dnsPolicy: Default")),
    *_of("Network", "", SERVICES, ("loadBalancing", "Service", "", "type: ClusterIP", "clusterIP: None")),
    *_of(
        "Security", "", CONFIG, ("sensitiveData", "Secret", "", "  LOG_LEVEL:", "  DB_PASSWORD: dummy\n  LOG_LEVEL:"),
    ),
)  # fmt: skip


def _existing(kind: str, name: str, file: str, old: str = "") -> Known:
    return Known(kind, name, "name", name, "ledger", (file, old or f"  name: {name}\n", "  name: ledger\n"))


BOUNDS, ACCESS = "templates/bounds.yaml", "templates/access.yaml"
KNOWN += (
    *_of("Values", "values.yaml", "values.yaml", ("web.logLevel", "info", "debug", "info", "debug")),
    *_of("Component", "depot-events", BOUNDS, ("spec.type", "pubsub.redis", "pubsub.kafka", "redis", "kafka")),
    _existing("Deployment", "depot-web", WEB),
    _existing("StatefulSet", "depot-db", "templates/db.yaml"),
    _existing("DaemonSet", "depot-agent", "templates/agent.yaml"),
    _existing("Job", "depot-migrate", "templates/migrate.yaml"),
    _existing("CronJob", "depot-cleanup", "templates/cleanup.yaml"),
    _existing("Pod", "depot-probe", "templates/probe.yaml"),
    _existing("Service", "depot-web", SERVICES),
    _existing("Ingress", "depot", INGRESS),
    _existing("ConfigMap", "depot-config", CONFIG),
    _existing("Secret", "depot-secrets", CONFIG),
    _existing("PersistentVolumeClaim", "depot-parcels", STORAGE),
    _existing("PersistentVolume", "depot-disk", STORAGE),
    _existing("StorageClass", "depot-fast", STORAGE),
    _existing("HorizontalPodAutoscaler", "depot-web", SCALING),
    _existing("PodDisruptionBudget", "depot-db", SCALING),
    _existing("NetworkPolicy", "depot-web", BOUNDS),
    _existing("Namespace", "depot-jobs", BOUNDS),
    _existing("ServiceAccount", "depot-web", ACCESS),
    _existing("Role", "depot-reader", ACCESS),
    _existing("RoleBinding", "depot-reads", ACCESS),
    _existing("ClusterRole", "depot-watcher", ACCESS),
    _existing("ClusterRoleBinding", "depot-watches", ACCESS),
    _existing("ResourceQuota", "depot-quota", BOUNDS),
    _existing("LimitRange", "depot-range", BOUNDS),
    _existing("Component", "depot-events", BOUNDS),
    Known("Image", "acme/depot-web", "name", "acme/depot-web", "acme/web", (WEB, "acme/depot-web:", "acme/web:")),
)
