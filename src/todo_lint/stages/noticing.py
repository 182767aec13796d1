"""Whether the pods of a workload notice that a ConfigMap changed: does their template change with its data?

A checksum in a pod template may be that of another file. So where its text does not name the ConfigMap's own
template, the chart is rendered with that template changed, and with other values of the keys that it holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from todo_lint.findings import Route
from todo_lint.helm.archive import pack_files
from todo_lint.helm.origins import Moved, Origins
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.helm.rendered_fields import Field, FieldReader
from todo_lint.manifests.pod_templates import pod_template
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.resources import Resource
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.template_lines import TemplateFinder

if TYPE_CHECKING:
    from todo_lint.helm.value_uses import ValueUses

MOST_LEAVES = 12
"""How many values keys of a ConfigMap are tried."""
MOST_SECONDS = 3.0
"""How long the renderings with changed templates may take together, for one profile."""
_EVERY = ""
"""In place of a template: all of them."""
_RENDERED = pattern(r"(?:^|/)templates/(?:.*/)?[^_/][^/]*\.ya?ml$")
_CHANGE = b"\n# changed\n"
_TEMPLATES = "templates/"
_INCLUDES = pattern(r"\b(?:include|template|tpl|Files|now|uuidv4|rand\w+|gen\w+)\b[^}]*")
_FOR_NAMES = pattern(r"(?i)name|label|annotation")
_DATA = ("data", "binaryData")


@dataclass(slots=True)
class Noticing:
    """Answers for one profile of a chart. ``origins`` are those of its values; None where they cannot be had.

    What a changed template moves is worked out once for each, as long as there is time.
    """

    profile: Profile
    renderer: ChartRenderer
    templates: TemplateFinder
    uses: Callable[[], ValueUses]
    origins: Callable[[], Origins | None]
    _spent: float = 0.0
    _by_file: dict[str, tuple[Field, ...] | None] = field(default_factory=dict)

    def notices(self, reference: Reference, target: Resource, *, with_chart: bool) -> bool | None:
        """Whether the pods that refer to a ConfigMap, ``target``, change with what they read of it; None: unknown.

        ``with_chart``: they change with each version of the chart, and so with all that is written out in it.
        """
        workload = reference.source
        if self._is_named(workload, target):
            return True
        follows = self._follows_file(workload, target)
        if follows is not False:
            return follows
        noticed = self._follows_values(reference, workload, target)
        return False if noticed is None and not with_chart and self._is_written_out(target) else noticed

    def _is_named(self, workload: Resource, target: Resource) -> bool:
        """Whether the workload's template names that of the ConfigMap: mostly it takes a checksum of it."""
        text = self._files.get(self._file_of(workload), b"").decode("utf-8", "replace")
        inner = self._file_of(target).partition(_TEMPLATES)[2]
        return bool(inner) and f'"/{inner}"' in text

    @property
    def _files(self) -> Mapping[str, bytes]:
        return self.templates.whole.files

    def _file_of(self, resource: Resource) -> str:
        return self.templates.template_of(resource.source.file)

    def _follows_file(self, workload: Resource, target: Resource) -> bool | None:
        """Whether the pods change when a comment is added to the template of the ConfigMap; None: unknown."""
        name = self._file_of(target)
        if name not in self._files:
            return None
        if self._moves(_EVERY, workload) is False:  # one rendering for all that have no checksum of a template
            return False
        return self._moves(name, workload)

    def _moves(self, name: str, workload: Resource) -> bool | None:
        """Whether the pods of a workload change with a template; None: unknown."""
        if name not in self._by_file:
            self._by_file[name] = self._moved_by(name)
        moved, pods = self._by_file[name], _pods_of(workload)
        if moved is None:
            return None
        return any(one.resource == workload.ref and _is_in(one.route, pods) for one in moved)

    def _moved_by(self, name: str) -> tuple[Field, ...] | None:
        """The fields that change with a template; None where it cannot be had, or there is no time."""
        plain, left = self.templates.plain.get(self.profile.key), MOST_SECONDS - self._spent
        if plain is None or left <= 0:
            return None
        started = time.monotonic()
        names = [file for file in self._files if _RENDERED.search(file)] if name == _EVERY else [name]
        files = {**self._files, **{file: self._files[file] + _CHANGE for file in names}}
        archive = pack_files(self.templates.whole.chart.metadata.name, files)
        changed = self.renderer.attempt(self.profile, self.profile.values, archive, left)
        found = FieldReader().changes(plain, changed) if isinstance(changed, Rendered) else None
        moved = None if found is None else tuple(effect.field for effect in found)
        self._spent += time.monotonic() - started
        return moved

    def _follows_values(self, reference: Reference, workload: Resource, target: Resource) -> bool | None:
        """Whether each key of the values that moves what is read of the ConfigMap moves the pods as well."""
        pods, noticed = _pods_of(workload), None
        for moved in self._moved(target):
            if _moves_data(moved, target, reference.key):
                noticed = any(e.field.resource == workload.ref and _is_in(e.field.route, pods) for e in moved.effects)
                if not noticed:
                    return False
        return noticed

    def _is_written_out(self, target: Resource) -> bool:
        """Whether what a ConfigMap holds stands in its template.

        A named template is included for names only, and nothing is drawn by lot.
        """
        text = self._files.get(self._file_of(target), b"").decode("utf-8", "replace")
        included = [word for found in _INCLUDES.finditer(text) if not _FOR_NAMES.search(word := found[0])]
        return not included

    def _moved(self, target: Resource) -> Iterator[Moved]:
        """What the values move that the template of a ConfigMap names."""
        origins = self.origins()
        if origins is None:
            return
        hints = dict.fromkeys(use.route for use in self.uses().of_template(self._file_of(target)))
        leaves = dict.fromkeys(leaf for hint in hints for leaf in origins.leaves_at(hint))
        for _, leaf in zip(range(MOST_LEAVES), leaves, strict=False):
            yield origins.of(leaf)


def _pods_of(workload: Resource) -> Route:
    pods = pod_template(workload)
    return pods.route if pods is not None else ()


def _is_in(route: Route, place: Route) -> bool:
    return route[: len(place)] == place


def _moves_data(moved: Moved, target: Resource, key: str | None) -> bool:
    """Whether a leaf changes the value of a key (None: of any) that a ConfigMap has."""
    return any(
        effect.field.resource == target.ref
        and effect.field.route[:1] in [(place,) for place in _DATA]
        and (key is None or effect.field.route[1:2] == (key,))
        for effect in moved.effects
    )
