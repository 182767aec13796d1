"""One chart, from its files to its findings: planned, then rendered while the rest is imported."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.findings import Skip
from todo_lint.helm.render import Renderer
from todo_lint.stages.plan_chart import Plan, plan_chart
from todo_lint.stages.render_chart import ChartRenderer, RenderedProfiles
from todo_lint.stages.request import Settings
from todo_lint.stages.unit_result import UnitResult


def check_chart(
    path: str, settings: Settings, config: Config, renderer: Renderer, *, named: bool = True, alone: bool = False
) -> UnitResult:
    """Render a chart in all its profiles and check what comes out.

    One that was not ``named`` but found in a folder is passed over where it is a library chart: those beside it may
    use it, and nobody installs it. For the only one of a run, which is ``alone``, it is remembered what the check
    came to.

    Raises:
        UserError: when the chart, its values or its document cannot be read.
        ToolError: when there is no engine to render with.
    """
    plan = plan_chart(path, settings, config)
    if not named and plan.chart.metadata.type == "library":
        reason = "a library chart: other charts include it, and it renders nothing itself"
        return UnitResult(skipped=(Skip(path, reason),))
    chart_renderer = ChartRenderer(renderer, plan.chart, settings.deadline)
    if plan.installable:
        chart_renderer.start_all(plan.renderings, plan.extras)
    try:
        return _checked(path, plan, settings, config, chart_renderer, alone=alone)
    except Exception:
        chart_renderer.wait()  # the next chart needs an engine that is free
        raise


def _checked(
    path: str, plan: Plan, settings: Settings, config: Config, renderer: ChartRenderer, *, alone: bool
) -> UnitResult:
    """Wait for the renderings, and judge them unless they were judged before."""
    from todo_lint.stages.verdict_cache import verdict_cache

    cache = verdict_cache(path, plan, settings, config) if alone else None
    if cache is None or not cache.may_know:
        _import_judge()
    _import_the_end()
    renderings = RenderedProfiles({}, {})
    if plan.installable:
        renderings = renderer.render_all(plan.renderings, plan.extras)
    known = cache.recall(plan, renderings) if cache is not None else None
    if known is not None:
        return known
    from todo_lint.stages.judge_chart import ChartCheck

    result = ChartCheck(path, plan, settings, config, renderer).result(renderings)
    if cache is not None and not result.failures and not renderer.hurried:
        cache.remember(renderings, result)
    return result


def _import_judge() -> None:
    """Import what judges a chart, since the engine is at work meanwhile."""
    from todo_lint.stages.judge_chart import import_ahead

    import_ahead()


def _import_the_end() -> None:
    """Import what a run ends with, for the same reason."""
    from importlib import import_module

    for name in ("settle", "assemble"):
        import_module(f"todo_lint.stages.{name}")
