"""Which Kubernetes versions a chart is checked for, and for which of them it must be rendered anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from todo_lint.helm.chart import Chart
from todo_lint.helm.engine import full_version
from todo_lint.helm.semver import satisfies
from todo_lint.kubernetes.versions import SUPPORTED, minor_of, parse_versions
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_ASKS = "Capabilities"
_MINOR = pattern(r"\b1\.(\d{1,2})\b")
_MINOR_ALONE = "KubeVersion.Minor"
_PACKED = ".tgz"
_LOTS = pattern(
    rb"\brand(?:AlphaNum|Alpha|Numeric|Ascii|Bytes|Int)\b|\bgen(?:CA|PrivateKey|SelfSignedCert|SignedCert)|\bnow\b"
    rb"|\buuidv4\b|\bhtpasswd\b|\bbcrypt\b|\bshuffle\b|\bencryptAES\b"
)


@dataclass(frozen=True, slots=True)
class Versions:
    """The minor versions that a chart is checked for, oldest first.

    ``refused`` were asked for, but the chart's kubeVersion does not admit them. ``stated`` says that the user or
    the chart named the versions; else all that are bundled are meant. ``unrendered`` are those for which there was no
    time to render each profile: what holds before and after them is taken to hold for them.
    """

    checked: tuple[str, ...]
    refused: tuple[str, ...] = ()
    stated: bool = True
    unrendered: frozenset[str] = frozenset()


def versions_for(chart: Chart, asked: str | None) -> Versions:
    """The versions that the user asked for, as far as the chart admits them; by default all that it admits.

    Where it admits none, the newest is given back nevertheless, so that the chart can be said to be wrong.

    Raises:
        UserError: when what was asked is no version or range that is bundled.
    """
    wanted = SUPPORTED if asked is None else parse_versions(asked)
    constraint = chart.metadata.kube_version
    if not constraint:
        return Versions(wanted, stated=asked is not None)
    admitted = tuple(version for version in wanted if satisfies(full_version(version), constraint))
    if not admitted:
        return Versions(wanted[-1:])
    refused = tuple(version for version in wanted if version not in admitted) if asked else ()
    return Versions(admitted, refused)


def spans(versions: tuple[str, ...], cuts: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """Part versions, oldest first, before each minor version in ``cuts``; the newest part comes first."""
    borders = set(cuts)
    parts: list[list[str]] = []
    for number, version in enumerate(versions):
        passed = range(minor_of(versions[number - 1]) + 1, minor_of(version) + 1) if number else ()
        if not parts or borders.intersection(passed):
            parts.append([])
        parts[-1].append(version)
    return tuple(tuple(part) for part in reversed(parts))


def rendering_cuts(chart: Chart, values: Iterable[Mapping[str, Json]]) -> Iterator[int]:
    """The minor versions from which on the chart may render otherwise than before.

    Templates learn the version by ``.Capabilities`` only. Where none of a chart's texts has that word, nothing can
    change. Else it may change where a version that is written in a template, or in a text that has that word,
    begins or ends, and where a server begins or ceases to serve an API that it names.
    """
    given = [text for own in values if _ASKS in (text := str(own))]
    if not any(map(_might_ask, chart.files.items())) and not given:
        return
    texts = [*_texts(chart), *given]
    if not any(_ASKS in text for text in texts):
        return
    from todo_lint.kubernetes.changes import changed_apis

    if any(_MINOR_ALONE in text for text in texts):
        yield from (minor_of(version) for version in SUPPORTED)
    for text in texts:
        for match in _MINOR.finditer(text):
            yield from (int(match[1]), int(match[1]) + 1)
    texts.append(chart.files.get("values.yaml", b"").decode("utf-8", "replace"))  # it can name an API, too
    for api_version, minors in changed_apis().items():
        if any(api_version in text for text in texts):
            yield from minors


def draws_lots(chart: Chart) -> bool:
    """Whether a chart may render otherwise each time, since it asks for random texts, keys or the time."""
    return any(_LOTS.search(data) or name.endswith(_PACKED) for name, data in chart.files.items())


def _might_ask(file: tuple[str, bytes]) -> bool:
    """Whether a file might ask for the version, found without decoding it."""
    name, data = file
    return _ASKS.encode() in data or name.endswith(_PACKED)


def _texts(chart: Chart) -> Iterator[str]:
    """The texts of a chart, and of the packed charts in it, that can decide by the version."""
    for name, data in chart.files.items():
        if name.endswith(_PACKED) and name.startswith("charts/"):
            yield from _packed_texts(name, data)
        elif _decides(name, data):
            yield data.decode("utf-8", "replace")


def _decides(name: str, data: bytes) -> bool:
    return "templates/" in name or _ASKS.encode() in data


def _packed_texts(name: str, data: bytes) -> Iterator[str]:
    """The texts of a packed chart; of one that cannot be read it is assumed that it asks, in every way."""
    from todo_lint.errors import UserError
    from todo_lint.helm.package import unpack

    try:
        files = unpack(data, name)
    except UserError:
        yield f"{_ASKS}.{_MINOR_ALONE}"
        return
    for inner, text in files.items():
        if inner.endswith(_PACKED):
            yield from _packed_texts(inner, text)
        elif _decides(inner, text):
            yield text.decode("utf-8", "replace")
