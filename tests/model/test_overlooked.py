"""A line that looks like a statement and has no form that is read is told; explanations and examples are not."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown


def _told(*lines: str) -> list[int]:
    model = read_markdown("\n".join(lines) + "\n", "data-model.md")
    return [s.line for s in model.statements if not s.understood]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("## Services", "- web answers as NodePort at 30080"),
        ("## Services", "- web, reached by port 8000 from outside"),
        ("## Services", "- web has 80 → 3000"),
        ("## Deployment: web", "- `DATABASE_URL` comes from secret `app-secrets`"),
        ("## Deployment: web", "- takes 256Mi at the most"),
        ("## Deployment: web", "- it runs 3 replicas at the most"),
        ("## Deployment: web", "- pulled is `shop/web:1.2` as ever"),
        ("## Deployment: web", "- uploads are mounted at /data"),
        ("## Deployment: web", "LOG_LEVEL=info"),
        ("## Ingress: shop", "- `/api` goes → api:8000"),
        ("## ConfigMaps", "- LOG_LEVEL (info)"),
        ("## Secrets", "- JWT_SECRET"),
        ("## HPA: web", "- scales when CPU is over 70%"),
        ("## 6. Autoscaling", "- web: min 2, max 5"),
        ("## Storage", "- uploads takes 5Gi"),
        ("## Health Checks", "- web answers on port 3000"),
        ("## PVC: data", "- can be written by one: ReadWriteOnce"),
    ],
)
def test_what_looks_like_a_statement_is_told(heading: str, line: str) -> None:
    assert _told(heading, "", line) == [3]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("## Services", "- web is reached from outside"),
        ("## Services", "The frontend talks to the backend on port 8000, so that both stay replaceable."),
        ("## Services", "- the port (e.g. port 8000) is chosen by the team"),
        ("## Services", "- NodePort must be 30000 to 32767"),
        ("## Deployment: web", "- built in 2025"),
        ("## Deployment: web", "- Purpose: answers on port 8000"),
        ("## Deployment: web", "- log_level comes from the environment"),
        ("## Storage of Ideas", "- up to 5Gi of them"),
        ("## Overview", "- the backend listens on port 8000"),
        ("## Services\n### Validation Rules", "- web listens on port 8000"),
        ("## Services\n### Example", "- web listens on port 8000"),
    ],
)
def test_what_explains_is_prose(heading: str, line: str) -> None:
    assert _told(heading, "", line) == []


def test_what_is_nested_in_a_label_is_of_its_kind() -> None:
    assert _told(
        "## Entities", "- **web** (Deployment)", "  - Hint about it: runs with 3 replicas", "  - Owner: me"
    ) == [3]
