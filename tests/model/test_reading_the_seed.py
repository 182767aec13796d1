"""The shipped document, line by line: what each line states, and what is prose."""

from __future__ import annotations

from pathlib import Path

from todo_lint.model.reader import read_markdown

DOCUMENT = Path(__file__).parents[2] / "policies" / "data-model.md"

STATED = """
6 Image todo-frontend name todo-frontend required
8 Image todo-frontend base Node.js_LTS required
9 Image todo-frontend runtime Next.js required
10 Image todo-frontend containerPort 3000 required
11 Image todo-frontend dependencies Node_modules,_application_code required
13 Image todo-backend name todo-backend required
15 Image todo-backend base Python_3.11 required
16 Image todo-backend runtime FastAPI required
17 Image todo-backend containerPort 8000 required
18 Image todo-backend dependencies Python_packages,_application_code required
21 Deployment frontend-deployment name frontend-deployment required
22 Deployment frontend-deployment replicas 1 configurable
23 Deployment frontend-deployment image todo-frontend:latest required
24 Deployment frontend-deployment resources.requests.memory 256Mi required
24 Deployment frontend-deployment resources.requests.cpu 0.2 required
25 Deployment frontend-deployment resources.limits.memory 512Mi required
25 Deployment frontend-deployment resources.limits.cpu 0.5 required
26 Deployment frontend-deployment env.from ConfigMap,Secret required
28 Deployment backend-deployment name backend-deployment required
29 Deployment backend-deployment replicas 1 configurable
30 Deployment backend-deployment image todo-backend:latest required
31 Deployment backend-deployment resources.requests.memory 512Mi required
31 Deployment backend-deployment resources.requests.cpu 0.3 required
32 Deployment backend-deployment resources.limits.memory 1Gi required
32 Deployment backend-deployment resources.limits.cpu 0.7 required
33 Deployment backend-deployment env.from ConfigMap,Secret required
36 Service frontend-service name frontend-service required
37 Service frontend-service type NodePort required
38 Service frontend-service port 80 required
38 Service frontend-service targetPort 3000 required
39 Service frontend-service selector app=todo-frontend required
42 Service backend-service name backend-service required
43 Service backend-service type ClusterIP required
44 Service backend-service port 8000 required
45 Service backend-service selector app=todo-backend required
49 ConfigMap app-config name app-config required
50 ConfigMap app-config data.frontend_api_url http://backend-service:8000 required
51 ConfigMap app-config data.backend_debug false required
52 ConfigMap app-config data.cors_allowed_origins * required
54 Secret app-secrets name app-secrets required
55 Secret app-secrets data.jwt_secret - required
56 Secret app-secrets data.database_url - required
57 Secret app-secrets data.cohere_api_key - required
60 PersistentVolumeClaim todo-data-volume name todo-data-volume future
61 PersistentVolumeClaim todo-data-volume type PersistentVolumeClaim future
62 PersistentVolumeClaim todo-data-volume size 1Gi future
63 PersistentVolumeClaim todo-data-volume accessMode ReadWriteOnce future
68 Chart todo-app name todo-app required
69 Chart todo-app version 0.1.0 required
70 Chart todo-app appVersion 1.0.0 required
73 Values values.yaml frontend.image.repository todo-frontend required
74 Values values.yaml frontend.image.tag latest required
75 Values values.yaml frontend.service.type NodePort required
76 Values values.yaml frontend.service.port 80 required
77 Values values.yaml backend.image.repository todo-backend required
78 Values values.yaml backend.image.tag latest required
79 Values values.yaml backend.service.port 8000 required
80 Values values.yaml resources.limits.memory 1Gi required
81 Values values.yaml resources.limits.cpu 0.7 required
84 Service backend-service name backend-service required
84 Service backend-service namespace default required
84 Service backend-service port 8000 required
85 Network - externalAccess NodePort required
86 Network - dns cluster_DNS required
87 Network - loadBalancing Service required
90 Security - sensitiveData Secret required
"""
LATER = {91, 92, 93}
PROSE = {1, 3, 5, 7, 14, 20, 35, 40, 46, 48, 59, 64, 66, 67, 72, 83, 89}


def test_each_line_states_what_it_says() -> None:
    model = read_markdown(DOCUMENT.read_text(encoding="utf-8"), "data-model.md")

    stated = [
        f"{s.line} {s.kind} {s.name or '-'} {s.attribute} {s.value.replace(' ', '_') or '-'} {s.modality}"
        for s in model.statements
        if s.line not in LATER
    ]
    assert stated == STATED.strip().splitlines()
    assert all(s.understood for s in model.statements)
    assert {s.line for s in model.statements if s.modality == "future"} == LATER | {60, 61, 62, 63}


def test_all_other_lines_are_prose_with_a_reason() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    model = read_markdown(text, "data-model.md")

    assert {line.line for line in model.prose} == PROSE
    assert all(line.reason for line in model.prose)
    written = {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
    assert {s.line for s in model.statements} | PROSE == written


def test_the_column_is_where_the_text_of_the_line_begins() -> None:
    model = read_markdown(DOCUMENT.read_text(encoding="utf-8"), "data-model.md")

    assert {s.line: s.column for s in model.statements if s.line in (42, 44)} == {42: 1, 44: 3}


def test_line_endings_and_a_byte_order_mark_do_no_harm() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    plain = read_markdown(text, "x.md")

    assert read_markdown("\ufeff" + text.replace("\n", "\r\n"), "x.md").statements == plain.statements
    assert read_markdown(text.replace("\n", "\r"), "x.md").statements == plain.statements
