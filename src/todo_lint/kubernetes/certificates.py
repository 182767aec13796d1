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


def is_pem(encoded: str, label: str) -> bool:
    """Say whether base64 text holds a block of PEM with this label."""
    try:
        text = base64.b64decode(encoded)
    except ValueError:
        return False
    return f"-----BEGIN {label}-----".encode() in text and f"-----END {label}-----".encode() in text
