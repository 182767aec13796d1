"""Which hosts in a text are meant as Services, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.manifests.addresses import addresses_in, service_of


def _services(text: str) -> list[tuple[str, str, int | None]]:
    found = ((service_of(address, "shop"), address.port) for address in addresses_in(text))
    return [(service.name, service.namespace, port) for service, port in found if service is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://api", ("api", "shop", 80)),
        ("https://api/v1?x=1", ("api", "shop", 443)),
        ("http://api:8000", ("api", "shop", 8000)),
        ("api:8000", ("api", "shop", 8000)),
        ("--backend=api:8000", ("api", "shop", 8000)),
        ("api:8000/healthz", ("api", "shop", 8000)),
        ("redis://:secret@cache:6379/0", ("cache", "shop", 6379)),
        ("postgres://user:p%40ss@db/shop", ("db", "shop", 5432)),
        ("jdbc:postgresql://db:5433/shop", ("db", "shop", 5433)),
        ("postgresql+psycopg2://u:p@db/shop", ("db", "shop", 5432)),
        ("http://api.shop:80", ("api", "shop", 80)),
        ("http://api.shop.svc", ("api", "shop", 80)),
        ("api.shop.svc.cluster.local", ("api", "shop", None)),
        ("http://api.shop.svc.cluster.local.:81", ("api", "shop", 81)),
        ("http://web-0.web.shop.svc:81", ("web", "shop", 81)),
        ("proxy_pass http://api:8000$request_uri;", ("api", "shop", 8000)),
        ("wget -qO- http://api:8000/ || exit 1", ("api", "shop", 8000)),
        ('{"url": "http://api:8000"}', ("api", "shop", 8000)),
        ("a: b\nurl: http://api:8000\n", ("api", "shop", 8000)),
    ],
)
def test_a_host_that_is_meant_as_a_service(text: str, expected: tuple[str, str, int | None]) -> None:
    assert _services(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8000",
        "http://127.0.0.1:80",
        "https://api.example.com:8000",
        "http://kubernetes",
        "https://kubernetes.default:443",
        "s3://bucket/key",
        "gs://bucket",
        "oci://registry:5000/x",
        "file://tmp/x",
        "unix://run/x.sock",
        "api",
        "nginx:1.27",
        "busybox:latest",
        "1000:1000",
        "12:30:45",
        "http://$(API_HOST):8000",
        "http://${API}:8000",
        "http://api-${ENV}:8000",
        "http://{{ .host }}:8000",
        "http://<host>:8000",
        "http://[::1]:80",
        "http://HOST:80",
        "x: 1\n# url: http://api:8000\n",
        "upstream api {\n  server web:80;\n}\nproxy_pass http://api/;\n",
        "key: value",
    ],
)
def test_a_host_that_is_not(text: str) -> None:
    assert [name for name, namespace, _ in _services(text) if namespace == "shop"] == []


def test_another_namespace_is_told() -> None:
    assert _services("http://api.other.svc:80") == [("api", "other", 80)]


def test_several_hosts_of_one_url_and_of_a_list() -> None:
    assert [name for name, _, _ in _services("mongodb://a:1,b:2/shop")] == ["a", "b"]
    assert [name for name, _, _ in _services("kafka-a:9092,kafka-b:9092")] == ["kafka-a", "kafka-b"]


def test_a_long_line_takes_no_long_time() -> None:
    assert _services("a" * 200_000 + "://") == []
    assert _services("http://" + "a." * 50_000) == []
    assert _services("x:1," * 50_000) == []


@given(st.text(alphabet="ahtp:/.@-,$ \n0789s{}[]vc", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for address in addresses_in(text):
        assert text[address.start :].startswith(address.host.split(".")[0])
        service_of(address, "shop")
