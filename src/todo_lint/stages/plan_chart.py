"""A chart is loaded, and the ways to install it are worked out."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.config import Config
from todo_lint.errors import UserError
from todo_lint.helm.chart import Chart, load_chart, with_texts
from todo_lint.helm.checks import ChartProblem, check_chart, check_kube_version, check_namespace, check_release_name
from todo_lint.helm.dependencies import resolve_dependencies
from todo_lint.helm.profiles import NamedValues, Profile, ProfileOptions, ValueOptions, profiles_of
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import minor_of
from todo_lint.records import dataclass
from todo_lint.stages.request import Settings
from todo_lint.stages.variants import Variant, variants_of
from todo_lint.stages.versions import Versions, draws_lots, rendering_cuts, spans, versions_for


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart and the ways to install it.

    ``profiles`` are checked, and ``variants`` are how they are rendered: each for the newest version first, then
    for older ones that may differ. ``reference`` are the profiles that the chart itself has: one of them is the
    base that the document describes, also where other values were given. ``refusals`` are what Helm says in
    versions that were asked for and that the chart does not admit.
    """

    chart: Chart
    versions: Versions
    problems: tuple[ChartProblem, ...]
    profiles: tuple[Profile, ...]
    reference: tuple[Profile, ...]
    variants: tuple[Variant, ...]
    refusals: tuple[tuple[tuple[str, ...], ChartProblem], ...] = ()

    @property
    def kubernetes_version(self) -> str:
        """The newest version that the chart is checked for."""
        return self.versions.checked[-1]

    @property
    def renderings(self) -> tuple[Profile, ...]:
        """All ways in which the chart is rendered."""
        return tuple(variant.profile for variant in self.variants)

    @property
    def extras(self) -> frozenset[str]:
        """The keys of renderings that a run can do without, where there is no time for them."""
        newest = self.kubernetes_version
        return frozenset(v.profile.key for v in self.variants if v.again or v.versions[-1] != newest)

    @property
    def installable(self) -> bool:
        """Whether Helm would try to install the chart at all."""
        return not any(problem.stops for problem in self.problems)


def plan_chart(path: str, settings: Settings, config: Config) -> Plan:
    """Load a chart and work out its profiles.

    Raises:
        UserError: when the chart, its values or an option is wrong.
    """
    resolved = resolve_dependencies(with_texts(load_chart(path), settings.texts))
    chart = resolved.chart
    versions = versions_for(chart, settings.kubernetes_version)
    version = versions.checked[-1]
    if settings.release_name:
        check_release_name(settings.release_name)
    check_namespace(settings.namespace)
    problems = check_chart(chart.metadata, resolved.missing, version)
    own = profiles_of(chart, _options(version, settings, config, ValueOptions()))
    profiles = profiles_of(chart, _options(version, settings, config, settings.values)) if settings.values else own
    wanted = config.base_profile
    if wanted and wanted not in [profile.name for profile in own]:
        names = ", ".join(profile.name for profile in own)
        raise UserError(f"base-profile: there is no profile {wanted}; there are {names}", file=config.file)
    parts = spans(versions.checked, _cuts(chart, profiles, versions))
    variants = variants_of(profiles, parts, settings, twice=len(parts) > 1 and draws_lots(chart))
    reference = _base_first(own, wanted)
    return Plan(chart, versions, problems, profiles, reference, variants, tuple(_refusals(chart, versions)))


def _cuts(chart: Chart, profiles: tuple[Profile, ...], versions: Versions) -> set[int]:
    if len(versions.checked) < 2:
        return set()
    return set(rendering_cuts(chart, [profile.values for profile in profiles]))


def _refusals(chart: Chart, versions: Versions) -> Iterator[tuple[tuple[str, ...], ChartProblem]]:
    """What Helm says in versions that were asked for in vain: those below what the chart admits, and those above."""
    first = minor_of(versions.checked[0])
    below = tuple(version for version in versions.refused if minor_of(version) < first)
    above = tuple(version for version in versions.refused if minor_of(version) > first)
    for refused in (below, above):
        for problem in check_kube_version(chart.metadata, refused[-1]) if refused else ():
            yield refused, problem


def _options(version: str, settings: Settings, config: Config, given: ValueOptions) -> ProfileOptions:
    extra = (
        NamedValues(profile.name, ValueOptions(files=profile.values, set=profile.settings))
        for profile in config.profiles
    )
    return ProfileOptions(
        kubernetes_version=version,
        release_name=settings.release_name,
        namespace=settings.namespace,
        api_versions=(*schema_store(version).api_versions(), *settings.api_versions),
        given=given,
        extra=tuple(extra),
    )


def _base_first(profiles: tuple[Profile, ...], wanted: str | None) -> tuple[Profile, ...]:
    return tuple(sorted(profiles, key=lambda profile: profile.name != wanted)) if wanted else profiles
