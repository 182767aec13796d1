"""Tables of keys of the values, whatever the headings above them speak of."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.firmness import has_placeholder
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.tables.variables import SOURCES
from todo_lint.model.reading.text import plain, words_of
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import NO_RESOURCES, Kind
from todo_lint.patterns import pattern

_VALUES_KEY = pattern(r"[a-z][\w-]*(?:\[\d*\])?(?:\.[\w/-]+(?:\[\d*\])?)*")
_OF_VALUES = (
    *("helm value path", "helm value", "helm values key", "values key", "value path", "values path"),
    *("values.yaml key", "helm key"),
)
"""Heads of columns that hold keys of the values, whatever the other columns say of them."""
_CUSTOMARY = frozenset((
    "replicaCount", "replicas", "nameOverride", "fullnameOverride", "image", "imagePullSecrets", "serviceAccount",
    "podAnnotations", "podLabels", "podSecurityContext", "securityContext", "service", "ingress", "resources",
    "autoscaling", "nodeSelector", "tolerations", "affinity", "volumes", "volumeMounts", "livenessProbe",
    "readinessProbe", "extraEnv", "env", "global", "commonLabels", "persistence", "topologySpreadConstraints",
    "priorityClassName", "podDisruptionBudget", "networkPolicy", "serviceMonitor", "metrics", "annotations",
    "labels", "namespaceOverride", "extraVolumes", "extraVolumeMounts", "rbac", "strategy", "updateStrategy",
))  # fmt: skip
"""Keys at the top of the values of most charts, as `helm create` writes them."""


class ValueRows(Rows):
    """Rows that are keys of the values, with their defaults or without."""

    def lists_values(self) -> bool:
        """Whether most rows have a key of the values and its default, or what it is in each environment, whatever the
        headings speak of."""
        if self._sections_of_values() or self._customary() or self._of_the_kind() or self._is_of_readme():
            return True
        by_environment = sum(map(bool, self.columns.environments)) > 1
        if self.kind == Kind.VALUES or not (by_environment or (self.columns.states_defaults and len(self.rows) > 1)):
            return False
        keys = [key for key in self.first_cells() if not has_placeholder(key)]
        dotted = [key for key in keys if "." in key]
        fields = [key for key in dotted if self.kind and phrase_for(self.kind, key)]
        return (
            len(dotted) * 2 > len(keys)
            and len(fields) * 2 < len(dotted)
            and all(_VALUES_KEY.fullmatch(key) for key in keys)
        )

    def lists_keys_of_values(self) -> bool:
        """Whether the first column is of keys of the values, by its head, and no other one has their defaults."""
        keys = self.first_cells()
        dotted = [key for key in keys if "." in key]
        return (
            words_of(self.columns.heads[0]) in _OF_VALUES
            and Role.VALUE not in self.columns.roles
            and len(dotted) * 2 > len(keys)
            and all(_VALUES_KEY.fullmatch(key) for key in keys)
        )

    def key_of_values(self, row: Block) -> None:
        """A row that says which field a key of the values decides: the key is there."""
        entity = self.page.add(Entity(Kind.VALUES, section=self.scope.section))
        key = cells_of(row)[0] if row.children else ""
        self.note(entity, read_line(entity, key, "", ()), self.place(row, entity))

    def _sections_of_values(self) -> bool:
        """Whether half the rows below the name of a kind have keys of the section of values that is called like it.

        ``ingress.className`` is no field of an Ingress: a manifest has ``spec`` there.
        """
        if not self.kind or self.kind == Kind.VALUES or not self._is_of_defaults():
            return False
        keys = self.first_cells()
        own = [key for key in keys if "." in key and key.partition(".")[0].lower() == self.kind.lower()]
        return 0 < len(keys) <= len(own) * 2 and all(_VALUES_KEY.fullmatch(key) for key in keys)

    def _is_of_readme(self) -> bool:
        """Whether the table is one as generators of a README write it: keys in code marks, a description, a value."""
        roles, keys = self.columns.roles, self.first_cells()
        described = Role.VALUE in roles and Role.DESCRIPTION in roles and roles[0] in (Role.NAME, Role.KEY)
        if not described or self.kind in (Kind.CONFIG_MAP, Kind.SECRET) or not keys:
            return False
        marked = all(cells[0].startswith("`") for cells in map(cells_of, self.rows) if cells)
        own = [key for key in keys if "." in key or key.partition(".")[0] in _CUSTOMARY]
        routes = any(key.startswith(("spec.", "metadata.", "status.", "data.")) for key in keys)
        fields = [key for key in keys if self.kind and phrase_for(self.kind, key)]
        if not marked or routes or len(fields) * 2 > len(keys):
            return False
        return len(own) * 2 > len(keys) and all(map(_VALUES_KEY.fullmatch, keys))

    def _customary(self) -> bool:
        """Whether most rows have keys that charts have at the top of their values: ``replicaCount``."""
        if self.kind not in ("", Kind.CHART) or not self._is_of_defaults():
            return False
        keys = self.first_cells()
        known = [key for key in keys if key.partition(".")[0] in _CUSTOMARY]
        return len(known) * 2 > len(keys) and all(_VALUES_KEY.fullmatch(key) for key in keys)

    def _of_the_kind(self) -> bool:
        """Whether most rows have keys of the section of the values for the kind above: ``networkPolicy.enabled``.

        A ConfigMap may have such keys itself.
        """
        if Role.VALUE not in self.columns.roles or self.kind in ("", *NO_RESOURCES, *SOURCES):
            return False
        keys = self.first_cells()
        sections = [key.partition(".")[0].lower() for key in keys if "." in key]
        own = [section for section in sections if section.endswith(self.kind.lower())]
        return len(own) * 2 > len(keys) and all(_VALUES_KEY.fullmatch(key) for key in keys)

    def _is_of_defaults(self) -> bool:
        return self.columns.states_defaults and self.columns.roles[0] in (Role.KEY, Role.ATTRIBUTE, Role.NAME)

    def first_cells(self) -> list[str]:
        """The cells of the first column, without code marks."""
        return [plain(cells[0]) for cells in map(cells_of, self.rows) if cells]
