"""Remembers what the check of a chart came to, so that the same text is not judged twice.

Every run renders the chart. Where what it renders was judged before, and everything else that decides is the same
(the chart's files, the document, the Dockerfiles, the configuration, todo-lint itself and the packages that it uses),
the result of that check is taken. An entry is named by a digest of all but the renderings; it holds a digest of them,
and the result.

With the same chart, the same values and the same engine, renderings differ by chance alone: a password or a key is
drawn. A long word counts by its length and the kinds of its characters only, which is all that a rule could see of a
drawn one; every other difference, such as in a short name or a number, means that the chart is judged anew.

Nothing is kept of a check with values that a user gives, which may be secret, of one that was cut short, and of one
whose findings hold the value of a Secret. Other charts of the same run may, so it serves runs of one chart only.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from re import Match
from typing import Any

from todo_lint.cache_folder import (
    blake2b,
    cache_folder,
    digest_files,
    folder_states,
    keep_entries,
    recall_entry,
)
from todo_lint.config import Config, folders_above
from todo_lint.findings import Verdict
from todo_lint.helm.profiles import Profile, of_own_files
from todo_lint.model.places import candidates
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.shipped import shipped_path
from todo_lint.stages.dockerfile_search import dockerfiles_in
from todo_lint.stages.encoded import decoded, encoded
from todo_lint.stages.plan_chart import Plan
from todo_lint.stages.render_chart import RenderedProfiles
from todo_lint.stages.request import Settings
from todo_lint.stages.unit_result import UnitResult
from todo_lint.version import VERSION

SUFFIX = ".verdict"
MOST_ENTRIES = 256
KEPT = ("findings", "skipped", "remarks", "charts", "profiles", "documents", "resources", "checked")
"""The fields of a result that an entry holds, besides the counts of statements."""
_LONG_WORD = pattern(r"[A-Za-z0-9+/=_-]{20,}")
_KINDS = {
    **dict.fromkeys(range(ord("a"), ord("z") + 1), "a"),
    **dict.fromkeys(range(ord("A"), ord("Z") + 1), "A"),
    **dict.fromkeys(range(ord("0"), ord("9") + 1), "0"),
}


class VerdictCache:
    """The entry of one chart's check: a digest of what it rendered, and the result."""

    def __init__(self, name: str) -> None:
        self._name = name
        rendered, _, self._body = (recall_entry(name) or b"").partition(b"\n")
        self._rendered = rendered.decode("ascii", "replace")

    @property
    def may_know(self) -> bool:
        """Whether the chart was checked before; whether it renders the same is not known yet."""
        return bool(self._body)

    def recall(self, plan: Plan, renderings: RenderedProfiles) -> UnitResult | None:
        """The result of a check of the same renderings, or None."""
        try:
            if self.may_know and self._rendered == _digest_of(renderings):
                return _result(json.loads(self._body), plan)
        except Exception:  # whatever is wrong with the entry: the chart is there to be checked
            return None
        return None

    def remember(self, renderings: RenderedProfiles, result: UnitResult) -> None:
        """Keep a result, where that is possible and it holds no secret."""
        try:
            body = json.dumps(_encoded(result), separators=(",", ":"))
            if not any(_in(secret, body) for secret in result.secrets):
                entry = f"{_digest_of(renderings)}\n{body}"
                keep_entries({self._name: entry.encode("ascii")}, SUFFIX, MOST_ENTRIES)
        except Exception:  # whatever it is: nothing is kept
            return


def verdict_cache(path: str, plan: Plan, settings: Settings, config: Config) -> VerdictCache | None:
    """The entry for the check of a chart; None where nothing is to be remembered of it."""
    if cache_folder() is None or settings.trace or settings.values or not plan.installable:
        return None
    if not of_own_files(plan.chart, plan.profiles):
        return None
    try:
        return VerdictCache(_name(path, plan, settings, config))
    except Exception:  # what cannot be read, or read only once, is for the check itself
        return None


def _name(path: str, plan: Plan, settings: Settings, config: Config) -> str:
    """A digest of all that decides what the check comes to, but for what is rendered."""
    chart = plan.chart
    given = (
        *(VERSION, sys.version_info[:2], path, chart.packaged, replace(settings, texts={}), config),
        *(plan.versions, plan.problems, plan.refusals, [_described(profile) for profile in plan.reference]),
        *([_described(variant.profile) for variant in plan.variants], sorted(plan.extras)),
        *(sorted(_own_states()), [_state(place) for place in sys.path]),
    )
    digest = blake2b(repr(given).encode("utf-8", "surrogateescape"), digest_size=32)
    for files in (chart.files, chart.ci_values):
        digest_files(digest, sorted(files.items()))
    digest_files(digest, _beside(path, chart.packaged, settings, config))
    return digest.hexdigest() + SUFFIX


def _described(profile: Profile) -> tuple[object, ...]:
    """A profile without its values, which come from files that count themselves, and without the API versions."""
    options = profile.options
    return (profile.key, profile.files, options.release_name, options.namespace, options.kubernetes_version)


def _beside(path: str, packaged: bool, settings: Settings, config: Config) -> Iterator[tuple[str, bytes]]:
    """The files outside the chart that decide: documents, Dockerfiles, definitions, and the charts next to it."""
    parent, _ = os.path.split(os.path.abspath(path))  # noqa: PTH100
    folders = list(folders_above(os.path.dirname(path) or "." if packaged else path))  # noqa: PTH120
    documents = [settings.data_model] if settings.data_model else list(candidates(folders))
    files = [*documents, *config.crds, *config.dockerfiles.values()]
    if documents:
        files += [file for _, file in dockerfiles_in(folders)]
        places = (os.path.join(parent, name, "Chart.yaml") for name in sorted(os.listdir(parent)))  # noqa: PTH118, PTH208
        files += filter(os.path.isfile, places)
    for file in files:
        if not os.path.isfile(file):  # noqa: PTH113 - a pipe gives what it holds only once, and the check needs it
            raise FileNotFoundError(file)
        with open(file, "rb") as stream:  # noqa: PTH123
            yield file, stream.read()


def _own_states() -> Iterator[tuple[str, int, int]]:
    """todo-lint's modules and data as they are now."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    for folder in (here, shipped_path("schemas"), shipped_path("policies")):
        yield from folder_states(folder)


def _state(place: str) -> tuple[str, int]:
    """A folder that packages are installed in changes when one is installed, or another version of it."""
    try:
        return place, os.stat(place).st_mtime_ns  # noqa: PTH116
    except OSError:
        return place, 0


def _digest_of(renderings: RenderedProfiles) -> str:
    """A digest of all that was rendered, and of the failures."""
    digest = blake2b(repr(sorted(renderings.failed.items())).encode("utf-8", "surrogateescape"), digest_size=32)
    for key, rendered in sorted(renderings.rendered.items()):
        for texts in (rendered.files, rendered.notes, rendered.crds):
            digest.update(f"{key}\0{len(texts)}\0".encode("utf-8", "surrogateescape"))
            shapes = {name: _LONG_WORD.sub(_shape, text) for name, text in texts.items()}
            digest_files(digest, [(name, shape.encode("utf-8", "surrogatepass")) for name, shape in shapes.items()])
    return digest.hexdigest()


def _shape(word: Match[str]) -> str:
    """The length of a word, the kinds of its characters and, where it could be a name, of its ends."""
    text = word[0]
    kinds = "".join(sorted(set(text.translate(_KINDS))))
    ends = "" if "A" in kinds else (text[0] + text[-1]).translate(_KINDS)
    return f"\0{len(text)}{kinds}{ends}\0"


def _in(secret: str, body: str) -> bool:
    """Whether a text stands in an entry, as it is or as JSON writes it."""
    return secret in body or json.dumps(secret)[1:-1] in body


def _encoded(result: UnitResult) -> dict[str, Any]:
    kept = {name: encoded(getattr(result, name)) for name in KEPT}
    return {**kept, "statements": [[verdict.value, count] for verdict, count in result.statements.items()]}


def _result(kept: Mapping[str, Any], plan: Plan) -> UnitResult:
    statements = {Verdict(verdict): count for verdict, count in kept["statements"]}
    fields = {name: decoded(kept[name]) for name in KEPT}
    return UnitResult(**fields, statements=statements, versions=plan.versions)
