"""Keeps the values of Secrets out of every output.

Rules do not put them into messages; this is the net below: what a rendered Secret holds is blotted out of all texts
of a finding, whatever brought it there.
"""

from __future__ import annotations

import base64
import binascii
import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from todo_lint.findings import Failure, Finding, Fix, ResourceRef, Skip
from todo_lint.helm.secrets import CREDENTIALS
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.patterns import pattern
from todo_lint.records import replace

if TYPE_CHECKING:
    from todo_lint.helm.chart import Chart
    from todo_lint.manifests.resources import Resource
    from todo_lint.model.statements import DataModel

BLOT = "[hidden]"
_KEY = pattern(r"[-._a-zA-Z0-9]+")
"""What a key of a Secret consists of."""
FEW = 50
"""So many secret texts are looked for one by one."""
SHORTEST = 6
"""Shorter values are words such as ``true`` or ``5432``, which blotting would tear out of every message."""


def secret_texts(resources: Iterable[Resource], public: str = "") -> Iterator[str]:
    """The values that the Secrets among the resources hold, encoded and decoded.

    A key that cannot be one is a value in the wrong place, and counts as well. What stands in ``public``, such as the
    chart's name, tells nothing: a Secret may well hold the user ``elastic``.
    """
    for resource in resources:
        if resource.ref.kind != "Secret":
            continue
        for place in ("data", "stringData"):
            found = resource.get(place)
            for key, value in found.items() if isinstance(found, dict) else ():
                told = (key, *_forms(value)) if _KEY.fullmatch(key) is None else _forms(value)
                yield from (text for text in told if len(text) >= SHORTEST and text not in public)


def public_names(chart: Chart) -> str:
    """The names of a chart and of its subcharts, which every resource may hold."""
    names = [file.split("/")[1] for file in chart.files if file.startswith("charts/") and file.count("/") > 1]
    return " ".join(dict.fromkeys((chart.metadata.name, *names)))


def _forms(value: Json) -> Iterator[str]:
    """A value as written, and what it means where it is base64."""
    if not isinstance(value, str):
        return
    yield value.strip()
    try:
        yield base64.b64decode(value, validate=True).decode().strip()
    except (binascii.Error, ValueError):
        return


Clean = Callable[[str], str]


@functools.lru_cache(maxsize=8)
def cleaner(secrets: frozenset[str]) -> Clean:
    """A function that takes the secret texts out of a text; the longest first, for one may hold another.

    Thousands of manifests can hold thousands of them, which are not looked for one by one in every text.
    """
    ordered = sorted(secrets, key=_longest_first)
    found = _Finder(secrets) if len(secrets) > FEW else None

    def clean(text: str) -> str:
        for secret in found.within(text) if found else ordered:
            text = text.replace(secret, BLOT)
        return text

    return clean


def _longest_first(text: str) -> tuple[int, str]:
    """By length, and then in an order that is the same in every run."""
    return -len(text), text


class _Finder:
    """Finds which of many texts stand in another, by what they begin with."""

    def __init__(self, texts: frozenset[str]) -> None:
        self._short = [text for text in texts if len(text) < SHORTEST]
        self._by_start: dict[str, list[str]] = {}
        for text in texts:
            if len(text) >= SHORTEST:
                self._by_start.setdefault(text[:SHORTEST], []).append(text)

    def within(self, text: str) -> list[str]:
        """Those that stand in a text, the longest first."""
        starts = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}
        near = [found for start in starts & self._by_start.keys() for found in self._by_start[start]]
        return sorted((found for found in (*near, *self._short) if found in text), key=_longest_first)


def blot(finding: Finding, secrets: frozenset[str]) -> Finding:
    """The finding without any of the secret texts in what it says or shows."""
    if not secrets:
        return finding
    clean = cleaner(secrets)
    return replace(
        finding,
        message=clean(finding.message),
        hint=clean(finding.hint),
        resource=finding.resource and _clean_resource(finding.resource, clean),
        path=finding.path and clean(finding.path),
        excerpt=finding.excerpt and clean(finding.excerpt),
        related=tuple(replace(related, message=clean(related.message)) for related in finding.related),
        statements=tuple(replace(statement, text=clean(statement.text)) for statement in finding.statements),
        fix=finding.fix and _harmless(finding.fix, clean),
    )


def _harmless(fix: Fix, clean: Clean) -> Fix | None:
    """The fix, if it does not write a secret: no report shows such a one, and no file should get it."""
    return fix if all(clean(edit.text) == edit.text for edit in fix.edits) else None


def _clean_resource(resource: ResourceRef, clean: Clean) -> ResourceRef:
    """A chart can put a secret into a name or a kind as well."""
    return ResourceRef(
        clean(resource.api_version),
        clean(resource.kind),
        clean(resource.name),
        resource.namespace and clean(resource.namespace),
    )


def blot_skip(skip: Skip, secrets: frozenset[str]) -> Skip:
    """What was skipped, without the secret texts."""
    clean = cleaner(secrets)
    return Skip(clean(skip.resource), clean(skip.reason))


def blot_failure(failure: Failure, secrets: frozenset[str]) -> Failure:
    """The failure, without the secret texts."""
    return replace(failure, message=cleaner(secrets)(failure.message))


def stated_secrets(model: DataModel | None) -> Iterator[str]:
    """What a document gives away: the values of keys that name a secret, and the passwords in addresses."""
    from todo_lint.model.secrecy import names_secret

    for statement in model.statements if model else ():
        said = len(statement.value) >= SHORTEST and statement.value not in ("true", "false")
        if said and names_secret(statement.kind, statement.attribute):
            yield statement.value
        yield from (password for _, password in CREDENTIALS.findall(statement.value))
