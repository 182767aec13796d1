"""One chart, from its files to its findings: planned, then rendered while the rest is imported."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.findings import Skip
from todo_lint.helm.render import Renderer
from todo_lint.stages.plan_chart import plan_chart
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.request import Settings
from todo_lint.stages.unit_result import UnitResult


def check_chart(
    path: str, settings: Settings, config: Config, renderer: Renderer, *, named: bool = True
) -> UnitResult:
    """Render a chart in all its profiles and check what comes out.

    One that was not ``named`` but found in a folder is passed over where it is a library chart: those beside it may
    use it, and nobody installs it.

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
        # Imported here, since the engine is at work meanwhile.
        from todo_lint.stages.judge_chart import ChartCheck

        return ChartCheck(path, plan, settings, config, chart_renderer).result()
    except Exception:
        chart_renderer.wait()  # the next chart needs an engine that is free
        raise
