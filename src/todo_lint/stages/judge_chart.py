"""One chart, from its renderings to its findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from todo_lint.config import Config
from todo_lint.findings import Failure, FailureKind, Layer, Location, Skip
from todo_lint.helm.failures import RenderFailure
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes.versions import minor_of
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.resources import Resource, ResourceSet
from todo_lint.model.divergence import Conformance
from todo_lint.model.statements import DataModel
from todo_lint.records import replace
from todo_lint.rules.api import Context, FailedProfile, Subject
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.check_releases import ReleaseCheck, ReleaseRun
from todo_lint.stages.check_values import ValuesCheck
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.held import Further, Held, report_held, unheard
from todo_lint.stages.hold_against import ChartAgainstDocument
from todo_lint.stages.locate import Locator
from todo_lint.stages.other_releases import OtherRelease, OtherReleases, under_longest_name, under_other_name
from todo_lint.stages.plan_chart import Plan
from todo_lint.stages.pod_security import check_pod_security
from todo_lint.stages.profile_run import DocumentReader, ProfileRun
from todo_lint.stages.render_chart import ChartRenderer, RenderedProfiles, sources_of
from todo_lint.stages.request import Settings
from todo_lint.stages.secrets import public_names, secret_texts, stated_secrets
from todo_lint.stages.template_lines import TemplateFinder
from todo_lint.stages.unit_result import UnitResult
from todo_lint.stages.variants import distinct, failed_for, profile_at, renders_beside

if TYPE_CHECKING:
    from todo_lint.traces import Trace


class ChartCheck:
    """The check of one chart: what its steps share."""

    def __init__(self, path: str, plan: Plan, settings: Settings, config: Config, renderer: ChartRenderer) -> None:
        self._path = path
        self._plan = plan
        self._settings = settings
        self._config = config
        self._renderer = renderer
        others = tuple(map(under_other_name, plan.profiles))
        longest = map(under_longest_name, plan.profiles)
        self._templates = TemplateFinder(self._renderer, (*plan.renderings, *others, *longest))
        self._values = ValuesCheck(self._renderer, self._templates, (*plan.profiles, *others))
        self._rules = RuleRunner(Locator(plan.chart, self._templates), config.severities)
        self._reader = DocumentReader(plan.versions.checked, _named_definitions(config))
        self._older: tuple[ProfileRun, ...] = ()
        self._unrendered: frozenset[str] = frozenset()
        self._releases = OtherReleases(self._renderer, self._reader, plan.profiles)
        self._outside = Outside(config.outside)
        self._further: tuple[Further, ...] = ()
        self._model: DataModel | None = None
        self._remarks: list[str] = []

    def result(self, renderings: RenderedProfiles) -> UnitResult:
        """Carry the steps out, one named value a stage. ``renderings`` are those of the plan."""
        self._rules.apply(Subject.CHART, self._plan.problems, self._context(""))
        for versions, refusal in self._plan.refusals:
            self._rules.apply(Subject.CHART, [refusal], replace(self._context(""), versions=versions))
        if not self._plan.installable:
            self._remarks.append(f"{self._path}: Helm does not install this chart, so nothing else was checked")
            return self._unit({}, None)
        self._templates.add(renderings.rendered)
        if self._renderer.unread_schema:
            self._remarks.append(
                f"{self._path}: values were not held against a schema: {self._renderer.unread_schema}"
            )
        if not self._settings.only_kubernetes:
            self._releases.start(renderings.rendered)
        differing = distinct(self._plan.variants, renderings.rendered, renderings.failed.keys())
        if not renderings.unrendered:
            self._remarks += [f"{self._path}: {remark}" for remark in differing.remarks()]
        self._unrendered = frozenset(version for lacking in differing.lacking.values() for version in lacking)
        every = [self._run(*rendering) for rendering in differing.renderings]
        runs = {run.profile: run for run in every if run.kubernetes_version == self._plan.kubernetes_version}
        if runs and not any(run.documents_met for run in every):
            self._remarks.append(f"{self._path}: no template of this chart renders anything, so nothing was checked")
        self._older = tuple(run for run in every if run is not runs.get(run.profile))
        self._check_profiles(renderings, runs)
        held = Held() if self._settings.only_kubernetes else self._held(runs)
        context = self._context("", held.resources, held.file)
        silent = unheard(self._rules, held, context, self._config.ignored)
        heard = tuple(divergence for divergence in held.divergences if divergence not in silent)
        consequences = Consequences(heard, held.file, held.understood)
        if not self._settings.only_kubernetes:
            self._check_releases(runs, consequences)
            self._values.apply(self._rules, runs, held.model, self._plan.kubernetes_version)
        self._join(held, consequences)
        report_held(self._rules, held.telling((*consequences.told(), *silent)), context)
        self._claim_ended(renderings)
        return replace(self._unit(runs, held.conformance), traces=self._traces(held))

    def _join(self, held: Held, consequences: Consequences) -> None:
        """Tell once what Kubernetes refuses and the document contradicts, and what a rename breaks."""
        if held.divergences:
            from todo_lint.stages.objections import join_objections
            from todo_lint.stages.renames import join_renames

            join_objections(self._rules, held, consequences, self._plan.versions.checked)
            join_renames(self._rules, held, consequences, self._config.ignored)

    def _traces(self, held: Held) -> tuple[Trace, ...]:
        """The rows of the document's statements, where the run asks for them."""
        if not self._settings.trace or held.conformance is None:
            return ()
        from todo_lint.stages.trace_keys import keys_by
        from todo_lint.stages.trace_rows import trace_of

        keys = keys_by(self._values.explainer, self._values.origins)
        found = trace_of(self._path, held, self._rules.locator, keys)
        return (found,) if found else ()

    def _run(self, profile: Profile, rendered: Rendered, versions: tuple[str, ...]) -> ProfileRun:
        def rendered_at(version: str) -> ResourceSet | None:
            there = self._renderer.render(profile_at(profile, version, self._settings))
            return self._resources(there) if isinstance(there, Rendered) else None

        sources = sources_of(self._plan.chart, rendered)
        return self._reader.run(profile.name, sources, versions, profile.key, rendered_at)

    def _resources(self, rendered: Rendered) -> ResourceSet:
        return self._reader.resources(sources_of(self._plan.chart, rendered))

    def _context(self, profile: str, resources: ResourceSet | None = None, data_model: str = "") -> Context:
        known = resources or ResourceSet()
        return Context(profile, known, self._plan.kubernetes_version, {}, data_model, self._plan.chart)

    def _context_of(self, profile: str) -> Context:
        """The context of the rules for which the release's name counts."""

        def notices(reference: Reference, target: Resource, with_chart: bool) -> bool | None:
            return self._values.noticing(profile).notices(reference, target, with_chart=with_chart)

        return replace(self._context(profile), notices=notices)

    def _check_profiles(self, renderings: RenderedProfiles, runs: Mapping[str, ProfileRun]) -> None:
        """Apply the rules about single profiles: those that rendered, and those that did not."""
        for run in (*runs.values(), *self._older):
            context = replace(run.context(), chart=self._plan.chart)
            self._rules.apply(Subject.DOCUMENT, run.documents, context)
            self._rules.apply(Subject.RESOURCE, run.resources.resources, context)
            self._rules.apply(Subject.OBJECTION, run.objected_to, context)
            self._rules.claim(Subject.OBJECTION, run.problem_rules)
            check_pod_security(self._rules, context, self._config.pod_security, self._settings.namespace)
        spans = failed_for(self._plan.variants, renderings.rendered, renderings.failed.keys())
        for variant in self._plan.variants:
            failure = renderings.failed.get(variant.profile.key)
            if failure is None or variant.again:
                continue
            others = any(renders_beside(variant, other, renderings.rendered) for other in self._plan.variants)
            refused = self._refused(failure, variant.profile)
            failed = FailedProfile(variant.profile.name, failure, self._plan.chart, others, refused)
            context = replace(self._context(failed.profile), versions=spans[variant.profile.key])
            self._rules.apply(Subject.RENDERING, [failed], context)
            if failure.ended_engine:
                self._engine_ended(failed, renderings.unrendered)

    def _refused(self, failure: RenderFailure, profile: Profile) -> tuple[Location | None, ...]:
        """The places of the values that the chart's own schema refuses; imported only for such a chart."""
        if not failure.details:
            return ()
        from todo_lint.stages.refused_values import refused_places

        return refused_places(failure, self._plan.chart, profile)

    def _check_releases(self, runs: Mapping[str, ProfileRun], consequences: Consequences) -> None:
        """Apply the rules for which the release's name counts, once the other renderings are there."""
        self._releases.resources()
        self._templates.add(self._releases.rendered)
        check = ReleaseCheck(self._rules, self._releases, self._plan.profiles, self._outside, self._context_of)
        remarks = [*self._releases.remarks, *check.check_graphs(runs, consequences, tuple(self._older_runs()))]
        self._remarks += [f"{self._path}: {remark}" for remark in remarks]
        check.check_long_names(runs, self._renderer, self._reader)

    def _older_runs(self) -> Iterator[ReleaseRun]:
        """What is rendered otherwise for older Kubernetes versions, under the release's own name and another."""
        profiles = {variant.profile.key: variant.profile for variant in self._plan.variants}
        lacking: dict[str, None] = {}
        for run in self._older:
            other = under_other_name(profiles[run.rendering])
            rendered = self._renderer.render_extra(other)
            if rendered is None:
                lacking.update(dict.fromkeys(run.versions))
                continue
            found = None
            if isinstance(rendered, Rendered) and rendered.files != self._templates.plain[run.rendering].files:
                self._templates.add({other.key: rendered}, other)
                found = OtherRelease(other, self._resources(rendered))
            yield ReleaseRun(profiles[run.rendering], run, found)
        if lacking:
            versions = ", ".join(sorted(lacking, key=minor_of))
            self._remarks.append(
                f"{self._path}: there was no time to look at who refers to whom for Kubernetes {versions}"
            )

    def _engine_ended(self, failed: FailedProfile, unrendered: tuple[str, ...]) -> None:
        rest = f"; not rendered any more: {', '.join(unrendered)}" if unrendered else ""
        message = f"profile {failed.profile}: {failed.failure.message}{rest}; {failed.failure.hint}"
        place = Location(self._plan.chart.path, None, None, Layer.TEMPLATE)
        self._rules.failures.append(Failure(FailureKind.INTERNAL, message, place))

    def _claim_ended(self, renderings: RenderedProfiles) -> None:
        """Say that a rendering beside those of the profiles ended the engine: what it is for was not checked."""
        ended = self._renderer.ended
        if ended is not None and ended not in renderings.failed.values():
            what = self._releases.ended_under(ended) or "values that the document is compared with"
            message = f"{what}: {ended.message}; {ended.hint}"
            place = Location(self._plan.chart.path, None, None, Layer.TEMPLATE)
            self._rules.failures.append(Failure(FailureKind.INTERNAL, message, place))

    def _held(self, runs: Mapping[str, ProfileRun]) -> Held:
        """Hold the renderings against the document."""
        against = ChartAgainstDocument(
            self._path, self._plan, self._settings, self._config, self._renderer, self._resources
        )
        held = against.hold(runs, self._values.moves, self._values.shown)
        self._remarks += held.remarks
        self._further = held.further
        self._model = held.model
        profiles = [further.profile for further in held.further]
        self._templates.add({one.profile.key: one.rendered for one in held.further}, *profiles)
        self._values.add(*profiles)
        return held

    def _unit(self, runs: Mapping[str, ProfileRun], conformance: Conformance | None) -> UnitResult:
        every = list(runs.values())
        skips = list(self._skips(runs))
        public = public_names(self._plan.chart)
        return UnitResult(
            findings=self._values.explained(self._rules),
            failures=tuple(self._rules.failures),
            statements=conformance.count() if conformance else {},
            skipped=tuple(skips),
            remarks=tuple(self._remarks),
            charts=1,
            profiles=len(every),
            # what only an older version renders counts where it was skipped: each skip is of a document
            documents=sum(run.documents_met for run in every) + len(skips) - sum(len(run.skipped) for run in every),
            resources=sum(len(run.resources.resources) for run in every),
            checked=sum(run.checked for run in every),
            versions=replace(self._plan.versions, unrendered=self._unrendered),
            secrets=frozenset(
                (
                    *(text for known in self._all_resources(every) for text in secret_texts(known, public)),
                    *stated_secrets(self._model),
                )
            ),
        )

    def _skips(self, runs: Mapping[str, ProfileRun]) -> Iterator[Skip]:
        """What was skipped, and what is only in renderings for older versions and was skipped there."""
        for run in runs.values():
            yield from (Skip(f"{skip.resource} in profile {run.profile}", skip.reason) for skip in run.skipped)
        known = {(name, skip) for name, run in runs.items() for skip in run.skipped}
        for run in self._older:
            for skip in run.skipped:
                if (run.profile, skip) not in known:
                    known.add((run.profile, skip))
                    yield Skip(f"{skip.resource} in profile {run.profile}", skip.reason)

    def _all_resources(self, runs: list[ProfileRun]) -> Iterator[tuple[Resource, ...]]:
        """The resources of all renderings: a generated password differs in every one."""
        yield from (run.resources.resources for run in (*runs, *self._older))
        yield from (other.resources.resources for other in self._releases.resources().values())
        yield from (further.resources.resources for further in self._further)


def _named_definitions(config: Config) -> tuple[dict[str, Any], ...]:
    """The CustomResourceDefinitions that the configuration names."""
    if not config.crds:
        return ()
    from todo_lint.stages.definitions import read_definitions

    return read_definitions(config.crds)


def import_ahead() -> None:
    """Import what is needed for nearly every chart, only later: while the engine is at work there is time."""
    from importlib import import_module

    from todo_lint.rules.registry import import_rules

    import_rules(Subject.DOCUMENT, Subject.RESOURCE)
    for name in ("decoding", "pods", "containers", "workloads", "services", "core"):
        import_module(f"todo_lint.kubernetes.{name}")
