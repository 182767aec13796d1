"""The rules about a chart's values, and what explains the findings of all others: both ask where values go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from todo_lint.findings import Finding, Route
from todo_lint.helm.profiles import Profile
from todo_lint.model.evidence import Moves
from todo_lint.model.statements import DataModel
from todo_lint.rules.api import Context, Subject, Target
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.profile_run import ProfileRun
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.template_lines import TemplateFinder

if TYPE_CHECKING:
    from todo_lint.helm.value_uses import ValueUses
    from todo_lint.model.divergence import Places
    from todo_lint.stages.conform import ShownBy
    from todo_lint.stages.explain_findings import FindingExplainer
    from todo_lint.stages.noticing import Noticing
    from todo_lint.stages.value_origins import ChartOrigins


class ValuesCheck:
    """What the check of one chart asks about its values; what it needs is imported and rendered when it is."""

    def __init__(self, renderer: ChartRenderer, templates: TemplateFinder, profiles: tuple[Profile, ...]) -> None:
        self._renderer = renderer
        self._templates = templates
        self._profiles = {profile.name: profile for profile in profiles}
        self._noticing: dict[str, Noticing] = {}

    def add(self, *profiles: Profile) -> None:
        """Make further profiles known, which findings can be about."""
        self._profiles.update((profile.name, profile) for profile in profiles)

    @cached_property
    def origins(self) -> ChartOrigins:
        """The origins of all profiles that have rendered."""
        from todo_lint.stages.value_origins import ChartOrigins

        plain = self._templates.plain
        renderings = {name: plain[name] for name in self._profiles if name in plain}
        return ChartOrigins(
            self._renderer, self._templates.whole, self._profiles, renderings, again=self._templates.again
        )

    @cached_property
    def uses(self) -> ValueUses:
        """What the templates say of values."""
        from todo_lint.helm.value_uses import ValueUses

        return ValueUses(self._templates.whole)

    def apply(self, rules: RuleRunner, runs: Mapping[str, ProfileRun], model: DataModel | None, version: str) -> None:
        """Apply the rules about values; each renders only where the text of the templates leaves a doubt.

        That they found nothing is remembered for the same chart, document and options.
        """
        from todo_lint.stages.values_cache import entry_of, is_known, remember

        profiles = [self._profiles[name] for name in runs]
        entry = entry_of(self._renderer.chart, profiles, model, rules.severities)
        if entry is not None and is_known(entry):
            return
        before = len(rules.found), len(rules.failures)
        self._apply(rules, runs, model, version)
        if entry is not None and before == (len(rules.found), len(rules.failures)) and self.origins.complete:
            remember(entry)

    def _apply(
        self, rules: RuleRunner, runs: Mapping[str, ProfileRun], model: DataModel | None, version: str
    ) -> None:
        from todo_lint.rules.chart_values import ChartValues

        found = {name: self.origins.of_profile(name) for name in runs}
        origins = {name: one for name, one in found.items() if one is not None}
        if not origins:
            return
        resources = {name: run.resources for name, run in runs.items()}
        values = ChartValues(self.uses, origins, resources, model)
        base = resources[next(iter(origins))]
        context = Context("", base, version, {}, model.file if model else "", self._renderer.chart)
        rules.apply(Subject.VALUES, [values], context)

    def noticing(self, profile: str) -> Noticing:
        """What tells whether the pods of a profile notice that a ConfigMap changed."""
        from todo_lint.stages.noticing import Noticing

        if profile not in self._noticing:
            self._noticing[profile] = Noticing(
                self._profiles[profile],
                self._renderer,
                self._templates,
                lambda: self.uses,
                lambda: self.origins.of_profile(profile),
            )
        return self._noticing[profile]

    def shown(self, profile: str) -> ShownBy:
        """What tells in which fields of a profile each of several values is seen; one rendering tells it."""

        def shown_by(routes: Sequence[Route]) -> Mapping[Route, Places]:
            origins = self.origins.of_profile(profile)
            found = origins.together(routes) if origins is not None else {}
            return {
                route: frozenset((str(effect.field.resource), effect.field.route) for effect in effects)
                for route, effects in found.items()
            }

        return shown_by

    def moves(self, profile: str) -> Moves:
        """What tells which fields the values of a profile change."""
        from todo_lint.stages.configurable import moves_of

        return moves_of(lambda: self.origins.of_profile(profile))

    def explained(self, rules: RuleRunner) -> tuple[Finding, ...]:
        """The findings of all rules with the values keys behind those about fields."""
        if not any(isinstance(defect.place, Target) or defect.repairs for _, defect in rules.found):
            return rules.findings
        return tuple(self.explainer.explain(rules.found))

    @cached_property
    def explainer(self) -> FindingExplainer:
        """What tells the values keys behind fields."""
        from todo_lint.stages.explain_findings import FindingExplainer

        return FindingExplainer(self.origins, self._templates, self.uses)
