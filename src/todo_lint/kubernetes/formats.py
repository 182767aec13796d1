"""The forms that texts in the API must have, by name; overlays and functions refer to them.

Each form has a function that says what is wrong with a text, the rule of the problem and, where one exists, a
pattern that only right texts match, by which compiled schemas can decide quickly.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from todo_lint.kubernetes.names import (
    length,
    wrong_dns_1035_label,
    wrong_dns_label,
    wrong_dns_subdomain,
    wrong_label_value,
    wrong_qualified_name,
)
from todo_lint.patterns import pattern
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form of texts. ``pattern`` matches right texts only, though perhaps not all of them."""

    wrong: Callable[[str], str | None]
    rule: str = "invalid-value"
    pattern: str | None = None
    longest: int | None = None


_CONFIG_KEY = pattern(r"[-._a-zA-Z0-9]+")
_C_IDENTIFIER = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_RELAXED_ENV = pattern(r"[ -<>-~]+")
_STRICT_ENV = pattern(r"[-._a-zA-Z][-._a-zA-Z0-9]*")
_PORT_NAME = pattern(r"[-a-z0-9]+")
_HEADER = pattern(r"[-A-Za-z0-9]+")
_WILDCARD = pattern(r"\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_DOMAIN_PATH = pattern(r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+")
_PATH_KEY_LENGTH = 253
_DRIVER_LENGTH = 63
_NUMBER = "(0|[1-9][0-9]*)"
_MARK = "(0|[1-9][0-9]*|[0-9]*[-A-Za-z][-0-9A-Za-z]*)"
_SEMANTIC = pattern(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_MARK}(\.{_MARK})*)?(\+[-0-9A-Za-z]+(\.[-0-9A-Za-z]+)*)?")


def wrong_config_key(text: str) -> str | None:
    """Say what is wrong with a key of a ConfigMap or Secret, or None."""
    if length(text) > _PATH_KEY_LENGTH:
        return f"it has {length(text)} characters, at most {_PATH_KEY_LENGTH} are allowed"
    if not _CONFIG_KEY.fullmatch(text):
        return "only letters, digits, -, _ and . are allowed"
    if text in (".", "..") or text.startswith(".."):
        return "it may be neither . nor begin with .."
    return None


@functools.lru_cache(maxsize=4096)
def wrong_env_name(text: str, *, relaxed: bool = True) -> str | None:
    """Say what is wrong with the name of an environment variable, or None; ``relaxed``: as from 1.32 on."""
    if relaxed:
        return None if _RELAXED_ENV.fullmatch(text) else "only printable ASCII characters other than = are allowed"
    if not _STRICT_ENV.fullmatch(text):
        return "only letters, digits, -, _ and . are allowed, not beginning with a digit"
    return "it may be neither . nor begin with .." if text == "." or text.startswith("..") else None


@functools.lru_cache(maxsize=1024)
def wrong_port_name(text: str) -> str | None:
    """Say what is wrong with the name of a port (an IANA service name of RFC 6335), or None."""
    if length(text) > 15:
        return f"it has {length(text)} characters, at most 15 are allowed"
    if not _PORT_NAME.fullmatch(text):
        return "only lower-case letters, digits and - are allowed"
    if not any(char.isalpha() for char in text):
        return "at least one letter is needed"
    if "--" in text or text[0] == "-" or text[-1] == "-":
        return "it may neither begin or end with - nor hold two in a row"
    return None


@functools.lru_cache(maxsize=1024)
def wrong_ip(text: str, *, strict: bool = False) -> str | None:
    """Say what is wrong with an IP address, or None.

    ``strict``: as from 1.36 on, neither zeros in front of a part of IPv4 nor IPv4 inside IPv6 are overlooked.
    """
    import ipaddress

    try:
        address = ipaddress.ip_address(text if strict else _without_leading_zeros(text))
    except ValueError:
        return "an IP address like 10.9.8.7 or 2001:db8::ffff is expected"
    if "%" in text:
        return "an IP address has no zone here"
    if strict and address.version == 6 and address.ipv4_mapped is not None:
        return "an IPv4 address must not be written as IPv6"
    return None


@functools.lru_cache(maxsize=1024)
def wrong_cidr(text: str, *, strict: bool = False) -> str | None:
    """Say what is wrong with a block of IP addresses in CIDR notation, or None; ``strict``: as from 1.36 on."""
    import ipaddress

    address, slash, bits = text.partition("/")
    good = bool(slash) and wrong_ip(address) is None and bits.isascii() and bits.isdigit() and len(bits) <= 3
    if not good or int(bits) > (128 if ":" in address else 32) or (bits != "0" and bits.startswith("0")):
        return "a block of addresses like 10.9.8.0/24 or 2001:db8::/64 is expected"
    if not strict:
        return None
    wrong = wrong_ip(address, strict=True)
    if wrong is None and str(ipaddress.ip_network(text, strict=False).network_address) != str(
        ipaddress.ip_address(address)
    ):
        wrong = f"bits are set beyond the first {bits}"
    return wrong


def wrong_wildcard_subdomain(text: str) -> str | None:
    """Say what is wrong with a DNS subdomain whose first label is ``*``, or None."""
    if length(text) <= _PATH_KEY_LENGTH and _WILDCARD.fullmatch(text):
        return None
    return "a * for the first label, followed by a lower-case DNS name, is expected (*.example.com)"


def wrong_path_segment(text: str) -> str | None:
    """Say what is wrong with a name that only must fit into a URL, as those of RBAC, or None."""
    if text in (".", ".."):
        return "it may be neither . nor .."
    return "it may hold neither / nor %" if "/" in text or "%" in text else None


def wrong_http_header(text: str) -> str | None:
    """Say what is wrong with the name of an HTTP header, or None."""
    return None if _HEADER.fullmatch(text) else "only letters, digits and - are allowed"


def wrong_local_path(text: str) -> str | None:
    """Say what is wrong with a relative path that may not lead out of its folder, or None."""
    if text.startswith("/"):
        return "a relative path is expected"
    return wrong_back_steps(text)


def wrong_back_steps(text: str) -> str | None:
    """Say that a path holds ``..``, or None."""
    return "it may not hold .." if ".." in text.split("/") else None


def wrong_local_file(text: str) -> str | None:
    """Say what is wrong with a relative path of a file inside a volume, or None."""
    wrong = wrong_local_path(text)
    if wrong is None and text.startswith(".."):
        return "it may not begin with .."
    return wrong


def wrong_absolute_path(text: str) -> str | None:
    """Say what is wrong with a path that must be absolute, or None."""
    return None if text.startswith("/") else "an absolute path, beginning with /, is expected"


def wrong_image(text: str) -> str | None:
    """Say what is wrong with the reference of an image, or None: a server looks at blanks around it only."""
    return "it may have no blanks around it" if text != text.strip() else None


def wrong_fully_qualified(text: str) -> str | None:
    """Say what is wrong with a DNS subdomain of at least three parts, or None."""
    wrong = wrong_dns_subdomain(text)
    if wrong is None and text.count(".") < 2:
        return "a domain of at least three parts is expected, like hook.example.com"
    return wrong


def wrong_driver(text: str) -> str | None:
    """Say what is wrong with the name of a storage or device driver, or None; upper case is overlooked."""
    if length(text) > _DRIVER_LENGTH:
        return f"it has {length(text)} characters, at most {_DRIVER_LENGTH} are allowed"
    return wrong_dns_subdomain(text.lower())


def wrong_pool_name(text: str) -> str | None:
    """Say what is wrong with the name of a pool of devices: DNS subdomains joined by /."""
    if length(text) > _PATH_KEY_LENGTH:
        return f"it has {length(text)} characters, at most {_PATH_KEY_LENGTH} are allowed"
    return next((wrong for part in text.split("/") if (wrong := wrong_dns_subdomain(part))), None)


def wrong_semantic_version(text: str) -> str | None:
    """Say what is wrong with a version (https://semver.org), or None."""
    return None if _SEMANTIC.fullmatch(text) else "a version like 1.2.3 or 1.2.3-beta.1 is expected"


def wrong_c_identifier(text: str) -> str | None:
    """Say what is wrong with an identifier of letters, digits and _, or None."""
    return (
        None
        if _C_IDENTIFIER.fullmatch(text)
        else "only letters, digits and _ are allowed, not beginning with a digit"
    )


def is_domain_path(text: str) -> bool:
    """Say whether a text is a DNS subdomain and a path, such as ``example.com/controller``."""
    domain, slash, path = text.partition("/")
    return bool(slash) and not wrong_dns_subdomain(domain) and _DOMAIN_PATH.fullmatch(path) is not None


def _without_leading_zeros(text: str) -> str:
    if ":" in text:
        return text
    return ".".join(
        part.lstrip("0") or "0" if part.isascii() and part.isdigit() else part for part in text.split(".")
    )


def wrong_subdomain_or_prefix(text: str) -> str | None:
    """Say what is wrong with a DNS subdomain that may end with a hyphen, or None."""
    return wrong_dns_subdomain(text[:-1] + "a" if len(text) > 1 and text.endswith("-") else text)


_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_WORD = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"
_NAME = "invalid-name"

FORMATS: dict[str, Form] = {
    "dns-label": Form(wrong_dns_label, _NAME, f"^{_LABEL}$", 63),
    "dns-1035-label": Form(wrong_dns_1035_label, _NAME, "^[a-z]([-a-z0-9]*[a-z0-9])?$", 63),
    "dns-subdomain": Form(wrong_dns_subdomain, _NAME, rf"^{_LABEL}(\.{_LABEL})*$", 253),
    "dns-subdomain-or-prefix": Form(wrong_subdomain_or_prefix, _NAME, rf"^{_LABEL}(\.{_LABEL})*$", 253),
    "qualified-name": Form(wrong_qualified_name, _NAME, rf"^({_LABEL}(\.{_LABEL})*/)?{_WORD}$", 63),
    "label-value": Form(wrong_label_value, _NAME, f"^({_WORD})?$", 63),
    "config-key": Form(wrong_config_key, _NAME, "^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$", 253),
    "c-identifier": Form(wrong_c_identifier, _NAME, "^[A-Za-z_][A-Za-z0-9_]*$"),
    "driver": Form(wrong_driver, _NAME, rf"^{_LABEL}(\.{_LABEL})*$", 63),
    "pool-name": Form(wrong_pool_name, _NAME, rf"^{_LABEL}(\.{_LABEL})*$", 253),
    "semver": Form(wrong_semantic_version, "invalid-value", "^[1-9][0-9]*\\.[1-9][0-9]*\\.[1-9][0-9]*$"),
    "port-name": Form(wrong_port_name, _NAME, "^[a-z]([a-z0-9]|-[a-z0-9])*$", 15),
    "ip": Form(wrong_ip),
    "cidr": Form(wrong_cidr),
    "path-segment": Form(wrong_path_segment, _NAME, "^[A-Za-z0-9][^/%]*$"),
    "http-header": Form(wrong_http_header, _NAME, "^[-A-Za-z0-9]+$"),
    "local-path": Form(wrong_local_path, "invalid-path", "^[-_A-Za-z0-9]+([./][-_A-Za-z0-9]+)*$"),
    "local-file": Form(wrong_local_file, "invalid-path", "^[-_A-Za-z0-9]+([./][-_A-Za-z0-9]+)*$"),
    "back-steps": Form(wrong_back_steps, "invalid-path", "^/?([-_A-Za-z0-9]+([./][-_A-Za-z0-9]+)*)?$"),
    "absolute-path": Form(wrong_absolute_path, "invalid-path", "^/"),
    "image": Form(wrong_image, "invalid-value", r"^[!-~]+$"),
    "domain-of-three": Form(wrong_fully_qualified, _NAME, rf"^{_LABEL}(\.{_LABEL}){{2,}}$", 253),
}
