"""Holds a chart's renderings against its data model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from todo_lint.helm.chart import Chart
from todo_lint.helm.metadata import read_mapping
from todo_lint.helm.set_values import merge
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.conformance import judge
from todo_lint.model.divergence import Conformance, Outcomes, Reruns, compare
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.statements import DataModel, Statement

RenderValues = Callable[[Mapping[str, Json]], ResourceSet | None]
"""Renders the chart with values laid over its own, into resources; None where it does not render."""


class Conformer:
    """Judges renderings of one chart (or plain manifests, without a chart) by one document."""

    def __init__(self, model: DataModel, namespace: str, chart: Chart | None = None) -> None:
        self._model = model
        self._namespace = namespace
        self._metadata = chart.metadata.raw if chart else None
        values = chart.files.get("values.yaml", b"") if chart else None
        self._defaults = read_mapping(values, chart.place("values.yaml")) if chart and values is not None else None

    def outcomes(self, resources: ResourceSet) -> Outcomes:
        """The outcome of each statement for one rendering."""
        pairing = pair(self._model, resources)
        evidence = Evidence(self._model, resources, pairing, self._namespace, self._metadata, self._defaults)
        return tuple(judge(statement, evidence) for statement in self._model.statements)

    def compare(
        self,
        base: ResourceSet,
        base_values: Mapping[str, Json],
        profiles: Mapping[str, tuple[ResourceSet, Mapping[str, Json]]],
        render: RenderValues,
    ) -> Conformance:
        """Compare all checked profiles, each with its resources and its own values, with the base profile."""
        judged: dict[str, Outcomes | None] = {}

        def judge_values(key: str, values: Mapping[str, Json]) -> Outcomes | None:
            if key not in judged:
                resources = render(values)
                judged[key] = None if resources is None else self.outcomes(resources)
            return judged[key]

        def combined(profile: str) -> Outcomes | None:
            own = profiles[profile][1]
            return judge_values(f"profile {profile}", merge(dict(base_values), dict(own)))

        def mended(statement: Statement) -> Outcomes | None:
            values = merge(dict(base_values), self._documented(statement))
            return judge_values(f"value {statement.attribute}={statement.value}", values)

        outcomes = {name: self.outcomes(resources) for name, (resources, _) in profiles.items()}
        return compare(self.outcomes(base), outcomes, Reruns(combined, mended))

    def _documented(self, statement: Statement) -> dict[str, Json]:
        """Values that set a values key as the document states it, in the type that values.yaml uses for it."""
        from todo_lint.kubernetes_yaml.document import YamlDocument
        from todo_lint.kubernetes_yaml.reader import read_document
        from todo_lint.manifests.resources import at

        steps = statement.attribute.split(".")
        value: Json = statement.value
        if not isinstance(at(dict(self._defaults or {}), tuple(steps)), str):
            read = read_document(statement.value)
            value = read.value if isinstance(read, YamlDocument) else statement.value
        for step in reversed(steps):
            value = {step: value}
        return value if isinstance(value, dict) else {}
