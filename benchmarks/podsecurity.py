"""Holds todo-lint against the test data of Kubernetes' own pod security admission.

    python benchmarks/podsecurity.py FOLDER

FOLDER is test/testdata of a checkout of k8s.io/pod-security-admission: LEVEL/VERSION/pass and LEVEL/VERSION/fail hold
a pod in each file. Printed are how many of the pods come out right, and those that do not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from todo_lint.findings import Layer
from todo_lint.kubernetes.podsecurity import Level, SecuredPod
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.rules.api import Context, Subject
from todo_lint.rules.registry import rules_for


def refused(path: Path, level: Level, minor: int) -> bool:
    """Whether any rule objects to the pod in a file."""
    source = Source(str(path), Layer.MANIFEST, path.read_text(encoding="utf-8"))
    resources = index((source, document) for document in read_stream(source.text))
    pod = SecuredPod(resources.resources[0], (), level, minor)
    context = Context("", resources, "", {})
    return any(True for rule in rules_for(Subject.POD) for _ in rule.check(pod, context))


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 where a pod comes out wrong, or there is none."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    count, wrong = 0, []
    for path in sorted(Path(arguments[0]).glob("*/v1.*/*/*.yaml")):
        expected, version, level = (folder.name for folder in list(path.parents)[:3])
        count += 1
        if refused(path, Level[level.upper()], int(version.removeprefix("v1."))) != (expected == "fail"):
            wrong.append(path)
    print(f"pods {count}, right {count - len(wrong)}")
    for path in wrong:
        print(f"wrong: {path}")
    return int(bool(wrong) or not count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
