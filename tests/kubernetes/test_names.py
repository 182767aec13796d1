import pytest

from todo_lint.kubernetes.names import (
    wrong_dns_1035_label,
    wrong_dns_label,
    wrong_dns_subdomain,
    wrong_label_value,
    wrong_qualified_name,
)


@pytest.mark.parametrize("text", ["a", "0", "a-b", "a" * 63, "0a0"])
def test_dns_labels(text: str) -> None:
    assert wrong_dns_label(text) is None


@pytest.mark.parametrize("text", ["", "A", "a_b", "-a", "a-", "a.b", "a" * 64, "é", "a\n"])
def test_no_dns_labels(text: str) -> None:
    assert wrong_dns_label(text)


def test_a_label_of_rfc_1035_begins_with_a_letter() -> None:
    assert wrong_dns_1035_label("a0-b") is None
    assert wrong_dns_1035_label("0a")
    assert wrong_dns_1035_label("a" * 64)


def test_dns_subdomains() -> None:
    assert wrong_dns_subdomain("a.b-c.0") is None
    assert wrong_dns_subdomain("a" * 253) is None
    for text in ("a..b", ".a", "a.", "A.b", "a" * 254, ""):
        assert wrong_dns_subdomain(text)


def test_qualified_names() -> None:
    for text in ("a", "A_b.c-D", "example.com/a", "app.kubernetes.io/name", "x" * 63):
        assert wrong_qualified_name(text) is None
    for text in ("", "/a", "a/", "a/b/c", "UPPER/x", "x" * 64, "-a", "a b", "a" * 254 + "/x"):
        assert wrong_qualified_name(text)


def test_label_values() -> None:
    for text in ("", "v1.0", "a_B", "x" * 63):
        assert wrong_label_value(text) is None
    for text in ("a/b", "v1+build", "-a", "a ", "x" * 64):
        assert wrong_label_value(text)


def test_lengths_count_bytes_as_the_server_does() -> None:
    assert "66 characters" in (wrong_label_value("é" * 33) or "")
