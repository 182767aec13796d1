"""CertificateSigningRequests.

Source: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/.
"""

from __future__ import annotations

import base64
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import described
from todo_lint.patterns import pattern

_PEM = pattern(r"-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\n([A-Za-z0-9+/=\s]*)\n-----END \1-----")


@check("certificates.CertificateSigningRequestSpec")
def check_request(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the request is PEM and the signer has a domain and a path."""
    request = value.get("request", "")
    if request and not is_pem(request, "CERTIFICATE REQUEST"):
        report.add(
            "invalid-certificate",
            (*route, "request"),
            "request is no certificate request in PEM, encoded with base64",
        )
    signer = value.get("signerName", "")
    if signer:
        domain, slash, path = signer.partition("/")
        if not slash or not path or wrong_dns_subdomain(domain) or "." not in domain:
            report.invalid(
                (*route, "signerName"),
                f"signerName is {described(signer)}, a domain and a path like example.com/signer are expected",
            )
    usages = value.get("usages", [])
    for number, usage in enumerate(usages):
        if usage in usages[:number]:
            report.duplicate((*route, "usages", number), usage)


@check("certificates.ClusterTrustBundle")
def check_bundle(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a bundle is called after its signer and holds certificates in PEM, none of them twice."""
    spec = value.get("spec") or {}
    name, signer = (value.get("metadata") or {}).get("name", ""), spec.get("signerName", "")
    start = signer.replace("/", ":") + ":" if signer else ""
    if name and (not name.startswith(start) or wrong_dns_subdomain(name.removeprefix(start))):
        wanted = f"a name that begins with {start}" if start else "a DNS subdomain"
        report.name(("metadata", "name"), name, f"{wanted} is expected")
    wrong = _wrong_bundle(spec.get("trustBundle", ""))
    if wrong:
        report.add("invalid-certificate", ("spec", "trustBundle"), f"trustBundle {wrong}")


def _wrong_bundle(text: str) -> str | None:
    """Say what is wrong with certificates in PEM, or None; their inside is not looked at."""
    blocks = [(kind, "".join(body.split())) for kind, body in _PEM.findall(text)]
    if not blocks:
        return "holds no certificate in PEM"
    if any(kind != "CERTIFICATE" for kind, _ in blocks):
        return "may hold certificates only"
    bodies = [body for _, body in blocks]
    return "holds a certificate twice" if len(set(bodies)) < len(bodies) else None


def is_pem(encoded: str, label: str) -> bool:
    """Say whether base64 text holds a block of PEM with this label."""
    try:
        text = base64.b64decode(encoded)
    except ValueError:
        return False
    return f"-----BEGIN {label}-----".encode() in text and f"-----END {label}-----".encode() in text
