"""A chart in which everything refers to everything, rightly; tests change one thing in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Report
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

SHOP = Path(__file__).parent / "shop"

Check = Callable[..., Report]


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    """Checks the shop chart after changes: ``check({"templates/x.yaml": ("old", "new")})``; None: not rendered."""

    def checked(changes: Mapping[str, tuple[str, str] | str | None], config: str = "") -> Report:
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(tmp_path / "shop", ignore_errors=True)
        for source in SHOP.rglob("*"):
            if source.is_file():
                target = tmp_path / "shop" / source.relative_to(SHOP)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(source.read_text())
        for name, change in changes.items():
            file = tmp_path / "shop" / name
            if change is None:
                file.unlink()
            elif isinstance(change, str):
                file.parent.mkdir(exist_ok=True)
                file.write_text(change)
            else:
                assert file.read_text().count(change[0]) >= 1
                file.write_text(file.read_text().replace(*change))
        if config:
            (tmp_path / "shop" / ".todo-lint.yaml").write_text(config)
        report = run(Request(("shop",)), renderer)
        assert report.failures == ()
        return report

    return checked


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, int | None]]:
    """Findings as rule, severity, file below the chart and line."""
    return [(f.rule, f.severity.label, f.location.file.removeprefix("shop/"), f.location.line) for f in findings]
