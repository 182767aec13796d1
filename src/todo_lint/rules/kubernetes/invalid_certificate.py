"""No certificate request in PEM.

What it finds
    A CertificateSigningRequest holds a certificate request in PEM, encoded once more with base64.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/

Bad
    apiVersion: certificates.k8s.io/v1
    kind: CertificateSigningRequest
    metadata:
      name: web
    spec:
      request: bm90IGEgcmVxdWVzdA==  # <-- here
      signerName: example.com/web
      usages:
        - client auth

Good
    apiVersion: certificates.k8s.io/v1
    kind: CertificateSigningRequest
    metadata:
      name: web
    spec:
      request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1IQUNBUUF3RGpFTU1Bb0dBMVVFQXd3RGQyVmlNRmt3RXdZSEtvWkl6ajBDQVFZSUtvWkl6ajBEQVFjRApRZ0FFSHZjd3hhZ0pBOHk3TjQxNWNnNWNFY1F1MHJKdkkwV3VkVjlBN3ZMd01KbDVsbDhDQytyUHp1c0dSK0toCmZkclIxODRVa1Q0RHQyWUgzdllEQkFxa3dhQUFNQW9HQ0NxR1NNNDlCQU1DQTBjQU1FUUNJRGhNclFGelovVWUKL09oYXFoZUtXU3I4MGl5T2dmcGxGNHl6NTVJaHZ5TkVBaUJrblMyT0w4UWNsd2g3MXV4cnlFcWI2UE1mN1FLQgpUNmdZSUpCVndRWHZsdz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=
      signerName: example.com/web
      usages:
        - client auth
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.ERROR


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("invalid-certificate", resource, context)
