"""A run, from what the user named to the report: the stages, in order.

inputs -> units -> (chart: plan -> render -> read -> check -> conform) -> rules -> findings -> report
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from todo_lint.config import Config, find_config, load_config
from todo_lint.errors import TodoLintError, ToolError, UserError
from todo_lint.findings import Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.stages.check_chart import check_chart
from todo_lint.stages.inputs import ChartUnit, ManifestUnit, Unit, WrongUnit, units_of
from todo_lint.stages.request import Request, Settings
from todo_lint.stages.unit_result import UnitResult, failure_of

if TYPE_CHECKING:
    from todo_lint.drawing.edges import Drawing
    from todo_lint.stages.explain_value import Line
    from todo_lint.traces import TraceReport


def run(request: Request, renderer: Renderer) -> Report:
    """Check everything that a request names.

    Nothing is raised: what goes wrong becomes a failure in the report, and the other inputs are still checked.
    """
    return _run(request, renderer)[1]


def trace(request: Request, renderer: Renderer) -> TraceReport:
    """Check everything that a request names, and trace the statements of its documents; raises nothing either."""
    from todo_lint.stages.assemble_traces import assemble_traces

    return assemble_traces(*_run(request, renderer))


def _run(request: Request, renderer: Renderer) -> tuple[list[UnitResult], Report]:
    units = [unit for path in request.paths for unit in _units(path)]
    configs = _Configs(request)
    results = [_check(unit, request, configs, renderer, alone=len(units) == 1) for unit in units]
    from todo_lint.stages.assemble import assemble  # when the engine is at work, or has been

    return results, assemble(results, configs.fail_on(), configs.strict_kinds())


def _units(path: str) -> list[Unit]:
    """The inputs that a path names; where that cannot be told, an input that says so."""
    try:
        return list(units_of(path))
    except Exception as error:
        return [WrongUnit(path, ToolError(_unexpected(error), file=path))]


def _unexpected(error: Exception) -> str:
    from todo_lint.stages.crashes import describe

    return f"todo-lint failed: {describe(error)}; please report this"


def _check(unit: Unit, request: Request, configs: _Configs, renderer: Renderer, *, alone: bool) -> UnitResult:
    """Check one input; whatever goes wrong with it stays with it."""
    try:
        config = configs.of(unit)
        settings = _settings(request, config)
        if isinstance(unit, WrongUnit):
            return UnitResult(failures=(failure_of(unit.error),))
        if isinstance(unit, ChartUnit):
            result = check_chart(unit.path, settings, config, renderer, named=unit.named, alone=alone)
        else:
            result = check_manifests(unit, settings, config)
        from todo_lint.stages.settle import settle

        return settle(result, config.ignored, config.severities)
    except TodoLintError as error:
        return UnitResult(failures=(failure_of(error),))
    except Exception as error:  # the run goes on with the other inputs, and ends in exit code 3
        return UnitResult(failures=(failure_of(ToolError(_unexpected(error), file=unit.path)),))


def check_manifests(unit: ManifestUnit, settings: Settings, config: Config) -> UnitResult:
    """Check manifest files; what that needs is not imported for a chart, whose rendering comes first."""
    from todo_lint.stages import check_manifests as stage

    return stage.check_manifests(unit, settings, config)


def _settings(request: Request, config: Config) -> Settings:
    """An option of the command line wins over the configuration."""
    return Settings(
        values=request.values,
        release_name=request.release_name or config.release_name or "",
        namespace=request.namespace or config.namespace or "default",
        kubernetes_version=config.kubernetes_version
        if request.kubernetes_version is None
        else request.kubernetes_version,
        api_versions=(*request.api_versions, *config.api_versions),
        data_model=request.data_model or config.data_model,
        strict_kinds=request.strict_kinds or config.strict_kinds,
        deadline=request.deadline,
        only_kubernetes=request.only_kubernetes,
        texts=request.texts,
        namespace_given=bool(request.namespace or config.namespace),
        trace=request.trace,
        together=request.together,
    )


def draw_first(request: Request, renderer: Renderer, profile: str | None) -> Drawing:
    """Draw the reference graph of the one input that a request names, in a profile (None: the first that renders).

    Raises:
        UserError: when the request names several inputs, or the input is wrong or does not render.
        ToolError: when it cannot be rendered for a reason that is not its own.
    """
    from todo_lint.stages.draw import draw_unit

    units = [unit for path in request.paths for unit in _units(path)]
    if len(units) != 1:
        raise UserError(f"there are {len(units)} inputs in it: name one chart", file=" ".join(request.paths))
    config = _Configs(request).of(units[0])
    return draw_unit(units[0], _settings(request, config), config, renderer, profile)


def explain_value(request: Request, asked: str, renderer: Renderer) -> list[Line]:
    """What a values key of a chart decides, or where a rendered field comes from: ``asked`` is one or the other.

    Raises:
        UserError: when the path names no chart, the chart does not render, or has no such key or field.
        ToolError: when there is no engine to render with.
    """
    from todo_lint.stages.explain_value import explain_value as stage

    path = request.paths[0]
    unit = next(iter(units_of(path)))
    if not isinstance(unit, ChartUnit):
        raise unit.error if isinstance(unit, WrongUnit) else UserError("it is no chart", file=path)
    config = _Configs(request).of(unit)
    return stage(unit.path, asked, _settings(request, config), config, renderer)


class _Configs:
    """The configuration of each input: the one that was named, else the nearest in or above its folder."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._read: dict[str | None, Config] = {None: Config()}

    def of(self, unit: Unit) -> Config:
        """The configuration for an input. Raises UserError where it is wrong."""
        file = self._request.config or find_config(_folder(unit))
        if file not in self._read:
            from todo_lint.stages.configured_rules import check_rule_names

            config = load_config(file or "")
            check_rule_names(config)
            self._read[file] = config
        return self._read[file]

    def fail_on(self) -> Severity:
        """The least severity that fails the run: the option, else the strictest of the configurations used."""
        configured = [config.fail_on for config in self._read.values() if config.fail_on is not None]
        return self._request.fail_on or min(configured, default=Severity.WARNING)

    def strict_kinds(self) -> bool:
        """Whether kinds without a schema fail the run."""
        return self._request.strict_kinds or any(config.strict_kinds for config in self._read.values())


def _folder(unit: Unit) -> str:
    if isinstance(unit, ManifestUnit) and not Path(unit.path).exists():
        return "."
    return unit.path if Path(unit.path).is_dir() else str(Path(unit.path).parent)
