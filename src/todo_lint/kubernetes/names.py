"""The forms of names in Kubernetes: what is wrong with a text as a name, in a few words, or None.

Sources: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and
https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set,
RFC 1123 section 2.1, RFC 1035 section 2.3.1. All lengths count bytes of UTF-8, as the server does.
"""

from __future__ import annotations

import functools

from todo_lint.patterns import pattern

LABEL_LENGTH = 63
SUBDOMAIN_LENGTH = 253

_LABEL = pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_LABEL_1035 = pattern(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_QUALIFIED = pattern(r"[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")

_LABEL_WORDS = "lower-case letters, digits and -, beginning and ending with a letter or digit"


def length(text: str) -> int:
    """Return the number of bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


@functools.lru_cache(maxsize=1024)
def wrong_dns_label(text: str) -> str | None:
    """Say what is wrong with a DNS label of RFC 1123 (at most 63 characters), or None."""
    if length(text) > LABEL_LENGTH:
        return _too_long(text, LABEL_LENGTH)
    return None if _LABEL.fullmatch(text) else f"only {_LABEL_WORDS} are allowed"


@functools.lru_cache(maxsize=1024)
def wrong_dns_1035_label(text: str) -> str | None:
    """Say what is wrong with a DNS label of RFC 1035, which begins with a letter, or None."""
    if length(text) > LABEL_LENGTH:
        return _too_long(text, LABEL_LENGTH)
    if _LABEL_1035.fullmatch(text):
        return None
    return (
        "only lower-case letters, digits and - are allowed, beginning with a letter and ending with a letter or digit"
    )


@functools.lru_cache(maxsize=1024)
def wrong_dns_subdomain(text: str) -> str | None:
    """Say what is wrong with a DNS subdomain of RFC 1123 (labels joined by dots, at most 253), or None."""
    if length(text) > SUBDOMAIN_LENGTH:
        return _too_long(text, SUBDOMAIN_LENGTH)
    if _SUBDOMAIN.fullmatch(text):
        return None
    return f"only parts of {_LABEL_WORDS}, joined by dots, are allowed"


@functools.lru_cache(maxsize=1024)
def wrong_qualified_name(text: str) -> str | None:
    """Say what is wrong with a qualified name such as the key of a label (``prefix/name``), or None."""
    prefix, slash, name = text.rpartition("/")
    if slash:
        if "/" in prefix:
            return "only one / is allowed"
        if not prefix:
            return "the prefix before the / is empty"
        wrong = wrong_dns_subdomain(prefix)
        if wrong:
            return f"the prefix before the / must be a DNS subdomain: {wrong}"
    if not name:
        return "the name is empty"
    if length(name) > LABEL_LENGTH:
        return _too_long(name, LABEL_LENGTH)
    if _QUALIFIED.fullmatch(name):
        return None
    return "only letters, digits, -, _ and . are allowed, beginning and ending with a letter or digit"


@functools.lru_cache(maxsize=1024)
def wrong_label_value(text: str) -> str | None:
    """Say what is wrong with the value of a label (may be empty, at most 63 characters), or None."""
    if length(text) > LABEL_LENGTH:
        return _too_long(text, LABEL_LENGTH)
    if not text or _QUALIFIED.fullmatch(text):
        return None
    return "only letters, digits, -, _ and . are allowed, beginning and ending with a letter or digit"


def _too_long(text: str, limit: int) -> str:
    return f"it has {length(text)} characters, at most {limit} are allowed"
