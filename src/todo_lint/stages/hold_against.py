"""Holds the renderings of one chart against its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from todo_lint.config import Config, folders_above
from todo_lint.errors import UserError
from todo_lint.findings import Verdict
from todo_lint.helm.metadata import read_mapping
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.discovery import Discovery, discover, load_data_model
from todo_lint.model.divergence import Conformance
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.environments import is_environment
from todo_lint.model.evidence import Moves
from todo_lint.model.statements import DataModel
from todo_lint.model.undocumented import Undocumented
from todo_lint.records import replace
from todo_lint.stages.conform import Comparison, Conformer, ShownBy, Surroundings
from todo_lint.stages.held import Further, Held
from todo_lint.stages.plan_chart import Plan
from todo_lint.stages.profile_run import ProfileRun
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.request import Settings

ReadResources = Callable[[Rendered], ResourceSet]
"""Reads the resources of a rendering."""


class ChartAgainstDocument:
    """One chart and its document: what the steps of the comparison share."""

    def __init__(
        self, path: str, plan: Plan, settings: Settings, config: Config, renderer: ChartRenderer, read: ReadResources
    ) -> None:
        self._path = path
        self._plan = plan
        self._settings = settings
        self._config = config
        self._renderer = renderer
        self._read = read

    def hold(
        self, runs: Mapping[str, ProfileRun], moves: Callable[[str], Moves], shown: Callable[[str], ShownBy]
    ) -> Held:
        """Hold the renderings against the document; without a document or a rendering, say so.

        ``moves`` gives what tells which fields of a profile the values change, ``shown`` what tells in which of its
        fields each of several values is seen.

        Raises:
            UserError: when the document, or a Dockerfile of the configuration, cannot be read.
        """
        found = self._document()
        model = found.model
        if model is None:
            return Held(None, (f"{self._path}: {found.remark}",))
        base = self._base(runs)
        if base is None:
            return Held(None, (f"{self._path}: no profile renders, so {model.file} was not checked",))
        profile, resources = base
        dockerfiles, remark = self._dockerfiles(model)
        around = Surroundings(
            self._settings.namespace,
            self._settings.namespace_given,
            self._plan.chart,
            dockerfiles,
            moves(profile.name) if profile.name in runs else None,
            cache(partial(_neighbours, self._path)),
            shown(profile.name) if profile.name in runs else lambda routes: {},
        )
        conformer = Conformer(model, around)
        further = tuple(self._of_environments(model, profile))
        bound = {
            one.profile.name: Comparison(one.resources, one.profile.values, one.profile.files, bound=True)
            for one in further
        }
        compared = {**self._checked(runs), **bound}
        conformance = conformer.compare(
            resources, profile.values, compared, lambda values: self._resources(profile, values)
        )
        remarks = [*_outside(conformance), remark, self._remark(model, profile)]
        return Held(
            conformance,
            tuple(line for line in remarks if line),
            model,
            profile.name,
            resources,
            tuple(self._undocumented(conformer, conformance, profile, runs)),
            further,
            conformer.outcomes,
            conformer.unread(resources),
        )

    def _remark(self, model: DataModel, profile: Profile) -> str:
        return (
            f"{self._path} was held against {model.file}, which describes the profile {profile.name}: "
            f"{model.in_words}"
        )

    def _folders(self) -> list[str]:
        start = str(Path(self._path).parent) if self._plan.chart.packaged else self._path
        return list(folders_above(start))

    def _document(self) -> Discovery:
        if self._settings.data_model:
            return Discovery(load_data_model(self._settings.data_model))
        return discover(self._folders(), self._plan.chart.metadata.name)

    def _dockerfiles(self, model: DataModel) -> tuple[dict[str, Dockerfile], str]:
        from todo_lint.stages.dockerfiles import dockerfiles_of

        return dockerfiles_of(model, self._config.dockerfiles, self._folders())

    def _base(self, runs: Mapping[str, ProfileRun]) -> tuple[Profile, ResourceSet] | None:
        """The profile that the document describes: the chart's first own profile that renders.

        Where none of the profiles that are checked renders, nothing is held against anything.
        """
        if not runs:
            return None
        for profile in self._plan.reference:
            if profile.name in runs:
                return profile, runs[profile.name].resources
            resources = self._resources(profile, profile.values) if self._settings.values else None
            if resources is not None:
                return profile, resources
        for profile in self._plan.profiles:
            if profile.name in runs:
                return profile, runs[profile.name].resources
        return None

    def _resources(self, profile: Profile, values: Mapping[str, Json]) -> ResourceSet | None:
        rendered = self._renderer.render(profile, values)
        return self._read(rendered) if isinstance(rendered, Rendered) else None

    def _checked(self, runs: Mapping[str, ProfileRun]) -> dict[str, Comparison]:
        profiles = {profile.name: profile for profile in self._plan.profiles}
        return {
            name: Comparison(run.resources, profiles[name].values, _names(profiles[name]))
            for name, run in runs.items()
        }

    def _of_environments(self, model: DataModel, base: Profile) -> Iterator[Further]:
        """Profiles for what the document says of single environments: from the chart's own values files for them.

        ``values-prod.yaml`` in the chart's folder is looked at where the document speaks of production and no
        profile that is checked is that of production.
        """
        names = [name for profile in self._plan.profiles for name in _names(profile)]
        stated = dict.fromkeys(s.environment for s in model.statements if s.environment)
        for environment in stated:
            if is_environment(environment, *names):
                continue
            for file, raw in sorted(self._plan.chart.files.items()):
                if _is_values_file(file) and is_environment(environment, file):
                    place = self._plan.chart.place(file)
                    profile = replace(base, name=place, values=read_mapping(raw, place), files=(file,))
                    rendered = self._renderer.render(profile)
                    if isinstance(rendered, Rendered):
                        yield Further(profile, rendered, self._read(rendered))
                    break

    def _undocumented(
        self, conformer: Conformer, conformance: Conformance, base: Profile, runs: Mapping[str, ProfileRun]
    ) -> Iterator[Undocumented]:
        """Of the base profile, where it is checked; of all profiles where nothing may be undocumented."""
        forbidden = self._config.undocumented_forbidden
        every = {name: run.resources for name, run in runs.items() if forbidden or name == base.name}
        return conformer.undocumented(every, conformance, forbidden=forbidden)


def _names(profile: Profile) -> tuple[str, ...]:
    """What tells of an environment: a profile's name and those of its values files."""
    return (profile.name, *(Path(file).stem for file in profile.files))


def _neighbours(path: str) -> tuple[str, ...]:
    """The names of the charts beside a chart: those of their folders, and those in their Chart.yaml."""
    folder = Path(path).resolve()
    try:
        files = sorted(file for file in folder.parent.glob("*/Chart.yaml") if file.parent != folder)
        stated = [_stated_name(file) for file in files]
    except OSError:
        return ()
    return tuple(dict.fromkeys([*(file.parent.name for file in files), *filter(None, stated)]))


def _stated_name(file: Path) -> str:
    """The name in a Chart.yaml; empty where it has none, or is none that can be read."""
    try:
        return str(read_mapping(file.read_bytes(), str(file)).get("name") or "")
    except UserError:
        return ""


def _is_values_file(file: str) -> bool:
    name = file.rpartition("/")[2]
    return file.count("/") <= 1 and "values" in file and name.endswith((".yaml", ".yml")) and name != "values.yaml"


def _outside(conformance: Conformance) -> Iterator[str]:
    """What is used and not rendered, once for each entity."""
    reasons = [
        outcome.message
        for judged in conformance.judged
        for outcome in judged.outcomes.values()
        if outcome.verdict is Verdict.NOT_CHECKABLE and outcome.entity
    ]
    yield from dict.fromkeys(reasons)
