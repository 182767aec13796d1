"""A chart is loaded, and the ways to install it are worked out."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.errors import UserError
from todo_lint.helm.chart import Chart, load_chart, with_texts
from todo_lint.helm.checks import ChartProblem, check_chart, check_namespace, check_release_name
from todo_lint.helm.dependencies import resolve_dependencies
from todo_lint.helm.profiles import NamedValues, Profile, ProfileOptions, ValueOptions, profiles_of
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import parse_version
from todo_lint.records import dataclass
from todo_lint.stages.render_chart import kubernetes_version_for
from todo_lint.stages.request import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart and the ways to install it.

    ``profiles`` are checked. ``reference`` are the profiles that the chart itself has: one of them is the base
    that the document describes, also where other values were given.
    """

    chart: Chart
    kubernetes_version: str
    problems: tuple[ChartProblem, ...]
    profiles: tuple[Profile, ...]
    reference: tuple[Profile, ...]

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
    asked = settings.kubernetes_version
    version = parse_version(asked) if asked else kubernetes_version_for(chart)
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
    return Plan(chart, version, problems, profiles, _base_first(own, wanted))


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
