"""Ten thousand manifests in files: todo-lint, with all that it checks, against kubeconform in one run.

    python benchmarks/many.py [--count 10000] [--runs 5] [--memory 1000,10000,100000]

The manifests are those of applications of ten objects each, no two alike, one to a file. The commands are run in turn
and the ratio of the medians counts. kubeconform is taken from PATH or from --kubeconform and is given standalone
strict schemas of the same Kubernetes version on disk; without it that comparison is left out. Peak memory is that of
all processes of a run together, sampled, and that of the largest one, as the system counts it. With --memory
only todo-lint is run, once for each count, to show how its memory grows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import LATEST

FILES_A_FOLDER = 1000
SAMPLE_SECONDS = 0.02

OBJECTS = {
    ("apps/v1", "Deployment"): """\
metadata:
  name: {app}
  namespace: {space}
  labels: {{app.kubernetes.io/name: {app}, app.kubernetes.io/version: "1.{n}"}}
spec:
  replicas: {few}
  revisionHistoryLimit: 3
  strategy:
    type: RollingUpdate
    rollingUpdate: {{maxSurge: 25%, maxUnavailable: 0}}
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {app}
      annotations:
        checksum/config: "{n:016x}"
    spec:
      serviceAccountName: {app}
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      initContainers:
        - name: migrate
          image: registry.example.com/team/{app}:1.{n}
          command: ["/bin/sh", "-c", "migrate --to {n}"]
          envFrom:
            - secretRef:
                name: {app}
      containers:
        - name: web
          image: registry.example.com/team/{app}:1.{n}
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: {port}
              protocol: TCP
            - name: metrics
              containerPort: 9090
          env:
            - name: LOG_LEVEL
              value: info
            - name: PORT
              value: "{port}"
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {app}
                  key: password
          resources:
            requests:
              cpu: {few}0m
              memory: 64Mi
            limits:
              cpu: 500m
              memory: 256Mi
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 10
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: config
              mountPath: /etc/{app}
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {app}
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
""",
    ("v1", "Service"): """\
metadata:
  name: {app}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {app}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: {app}
  ports:
    - name: http
      port: 80
      targetPort: http
      protocol: TCP
    - name: metrics
      port: 9090
      targetPort: metrics
""",
    ("v1", "ConfigMap"): """\
metadata:
  name: {app}
  namespace: {space}
data:
  application.yaml: |
    server:
      port: {port}
      name: {app}
    features:
      beta: {few}
  LOG_FORMAT: json
  TIMEOUT: "{n}"
""",
    ("v1", "Secret"): """\
metadata:
  name: {app}
  namespace: {space}
type: Opaque
stringData:
  password: not-a-real-one-{n}
""",
    ("v1", "ServiceAccount"): """\
metadata:
  name: {app}
  namespace: {space}
automountServiceAccountToken: false
""",
    ("networking.k8s.io/v1", "Ingress"): """\
metadata:
  name: {app}
  namespace: {space}
  annotations:
    cert-manager.io/cluster-issuer: main
spec:
  ingressClassName: nginx
  tls:
    - hosts: [{app}.example.com]
      secretName: {app}-tls
  rules:
    - host: {app}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {app}
                port:
                  name: http
""",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): """\
metadata:
  name: {app}
  namespace: {space}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {app}
  minReplicas: {few}
  maxReplicas: 20
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 75
""",
    ("policy/v1", "PodDisruptionBudget"): """\
metadata:
  name: {app}
  namespace: {space}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
""",
    ("networking.k8s.io/v1", "NetworkPolicy"): """\
metadata:
  name: {app}
  namespace: {space}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {app}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress
      ports:
        - port: http
          protocol: TCP
  egress:
    - to:
        - ipBlock:
            cidr: 10.{few}.0.0/16
""",
    ("batch/v1", "CronJob"): """\
metadata:
  name: {app}
  namespace: {space}
spec:
  schedule: "{few} 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: clean
              image: registry.example.com/team/{app}:1.{n}
              args: ["--older-than", "{n}h"]
              envFrom:
                - configMapRef:
                    name: {app}
              resources:
                requests: {{cpu: 10m, memory: 32Mi}}
                limits: {{memory: 64Mi}}
""",
}


def write_manifests(folder: Path, count: int) -> None:
    """Write ``count`` manifests into folders of a thousand files."""
    kinds = list(OBJECTS.items())
    for number in range(count):
        app, which = divmod(number, len(kinds))
        if number % FILES_A_FOLDER == 0:
            place = folder / f"part-{number // FILES_A_FOLDER:04}"
            place.mkdir()
        (api_version, kind), text = kinds[which]
        body = text.format(app=f"app-{app}", space=f"team-{app % 40}", n=app, few=1 + app % 9, port=3000 + app % 5000)
        (place / f"app-{app}-{kind.lower()}.yaml").write_text(f"apiVersion: {api_version}\nkind: {kind}\n{body}")


def write_schemas(folder: Path) -> str:
    """Write standalone strict schemas of the kinds used, and return kubeconform's -schema-location for them."""
    store = schema_store(LATEST)
    for api_version, kind in OBJECTS:
        group, _, version = api_version.rpartition("/")
        suffix = f"{group.partition('.')[0]}-{version}" if group else version
        (folder / f"{kind.lower()}-{suffix}.json").write_text(json.dumps(store.schema(api_version, kind)))
    return f"{folder}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json"


@dataclass
class Run:
    """One run: wall time in seconds, peak memory in MiB of all its processes together and of the largest."""

    seconds: float
    together: float
    largest: float


def measure(command: list[str]) -> Run:
    """Run a command that must succeed, else something else was measured."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment())
    peak = [0.0]
    done = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, done))
    sampler.start()
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(taken, peak[0], usage.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    """Byte code may be written, as it is by every installation."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _sample(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(map(_memory, _tree(pid))))


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _memory(pid: int) -> float:
    """The memory of a process in MiB, pages that it shares with others counted in part."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _tool() -> str:
    return shutil.which("todo-lint", path=str(Path(sys.executable).parent)) or "todo-lint"


def compare(count: int, runs: int, kubeconform: str | None) -> None:
    """Print times and memory of both programs for ``count`` manifests."""
    with tempfile.TemporaryDirectory() as name:
        folder, schemas = Path(name, "manifests"), Path(name, "schemas")
        folder.mkdir()
        schemas.mkdir()
        write_manifests(folder, count)
        commands = {"todo-lint": [_tool(), str(folder)]}
        if kubeconform:
            commands["kubeconform"] = [
                kubeconform,
                "-strict",
                "-schema-location",
                write_schemas(schemas),
                str(folder),
            ]
        found: dict[str, list[Run]] = {name: [measure(command)][:0] for name, command in commands.items()}
        for _ in range(runs):
            for program, command in commands.items():
                found[program].append(measure(command))
    medians = {name: statistics.median(run.seconds for run in times) for name, times in found.items()}
    print(f"{count} manifests, {runs} runs each, {os.cpu_count()} processors")
    for program, times in found.items():
        least, together = min(run.seconds for run in times), max(run.together for run in times)
        largest = max(run.largest for run in times)
        print(
            f"  {program:12} median {medians[program]:6.2f} s  least {least:6.2f} s  "
            f"memory {together:6.0f} MiB together, {largest:6.0f} MiB the largest process"
        )
    if kubeconform:
        print(f"  todo-lint / kubeconform: {medians['todo-lint'] / medians['kubeconform']:.2f}")
    else:
        print("  kubeconform is not on PATH: the comparison was left out")


def show_memory(counts: list[int]) -> None:
    """Print todo-lint's memory for each number of manifests."""
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            write_manifests(Path(name), count)
            run = measure([_tool(), name])
        print(
            f"{count:7} manifests  {run.seconds:6.2f} s  memory {run.together:6.0f} MiB together, "
            f"{run.largest:6.0f} MiB the largest process"
        )


def main() -> int:
    """Measure and print. Returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--kubeconform", default=shutil.which("kubeconform"))
    options.add_argument("--memory", metavar="N,N,...", help="only todo-lint's memory for these numbers")
    asked = options.parse_args()
    if asked.memory:
        show_memory([int(count) for count in asked.memory.split(",")])
    else:
        compare(asked.count, asked.runs, asked.kubeconform)
    return 0


if __name__ == "__main__":
    sys.exit(main())
