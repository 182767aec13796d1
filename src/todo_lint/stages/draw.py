"""One input, from its files to a drawing of its reference graph."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.drawing.edges import Drawing, cleaned, draw
from todo_lint.errors import UserError
from todo_lint.findings import Layer
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered, Renderer
from todo_lint.kubernetes.versions import LATEST, parse_versions
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.resources import ResourceSet, Source
from todo_lint.stages.inputs import STDIN, STDIN_NAME, ChartUnit, ManifestUnit, Unit, WrongUnit
from todo_lint.stages.manifest_text import read_manifest
from todo_lint.stages.other_releases import under_other_name
from todo_lint.stages.plan_chart import Plan, plan_chart
from todo_lint.stages.profile_run import DocumentReader
from todo_lint.stages.render_chart import ChartRenderer, sources_of
from todo_lint.stages.request import Settings
from todo_lint.stages.secrets import cleaner, public_names, secret_texts


def draw_unit(unit: Unit, settings: Settings, config: Config, renderer: Renderer, profile: str | None) -> Drawing:
    """Draw a chart in one profile, or manifests.

    Args:
        unit: the chart or the manifests.
        settings: options and configuration together.
        config: what is made outside.
        renderer: renders the chart.
        profile: the profile's name; None for the first that renders.

    Raises:
        UserError: when it cannot be read or does not render, or there is no such profile.
    """
    if isinstance(unit, WrongUnit):
        raise unit.error
    outside = Outside(config.outside)
    if isinstance(unit, ChartUnit):
        return _chart(unit.path, settings, config, renderer, profile)
    if settings.kubernetes_version is not None:
        parse_versions(settings.kubernetes_version)  # which refuses what is none
    resources = _manifests(unit)
    drawing = draw(Graph(resources.resources, settings.namespace, outside, complete=False), unit.path)
    return _clean(drawing, resources)


def _clean(drawing: Drawing, resources: ResourceSet, public: str = "") -> Drawing:
    """The drawing without what Secrets hold, whatever brought it there."""
    secrets = frozenset(secret_texts(resources.resources, public))
    return cleaned(drawing, cleaner(secrets)) if secrets else drawing


def _manifests(unit: ManifestUnit) -> ResourceSet:
    names = ((STDIN_NAME if file == STDIN else file, file) for file in unit.files)
    sources = [Source(name, Layer.MANIFEST, read_manifest(file)) for name, file in names]
    resources = DocumentReader((LATEST,)).resources(sources)
    if not resources.resources:
        raise UserError("0 resources: there is no manifest in it", file=unit.path)
    return resources


def _chart(path: str, settings: Settings, config: Config, renderer: Renderer, wanted: str | None) -> Drawing:
    plan = plan_chart(path, settings, config)
    for problem in plan.problems:
        if problem.stops:
            raise UserError(problem.message, file=plan.chart.place(problem.file))
    chart = ChartRenderer(renderer, plan.chart, settings.deadline)
    known = {profile.name: profile for profile in plan.profiles}
    if wanted is not None and wanted not in known:
        raise UserError(f"there is no profile {wanted}; there are {', '.join(known)}", file=path)
    reader = DocumentReader((plan.kubernetes_version,))
    failure = ""
    for profile in [known[wanted]] if wanted is not None else plan.profiles:
        rendered = chart.render(profile)
        if not isinstance(rendered, Rendered):
            failure = failure or f"profile {profile.name}: {rendered.message}"
            continue
        return _draw(plan, chart, profile, rendered, reader, config)
    raise UserError(f"the chart does not render: {failure}", file=path)


def _draw(
    plan: Plan, chart: ChartRenderer, profile: Profile, rendered: Rendered, reader: DocumentReader, config: Config
) -> Drawing:
    """Draw one profile; the same under another release name tells which names follow the release's."""
    outside = Outside(config.outside)
    other = under_other_name(profile)
    again = chart.render(other)
    resources = reader.resources(sources_of(plan.chart, rendered))
    options = profile.options
    graph = Graph(resources.resources, options.namespace, outside, options.release_name)
    if isinstance(again, Rendered):
        renamed = reader.resources(sources_of(plan.chart, again))
        graph.other = Graph(renamed.resources, options.namespace, outside, other.options.release_name)
        graph.other.other = graph
    title = f"{plan.chart.path}: profile {profile.name}, release {options.release_name}"
    return _clean(draw(graph, title), resources, public=public_names(plan.chart))
