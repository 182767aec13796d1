"""The shipped chart is clean in all its profiles, under both release names, for the versions it is made for."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("version", ["1.28", "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"])
@pytest.mark.parametrize("release", ["todo-app", "release-name", "a" * 53])
def test_every_profile_is_clean(
    monkeypatch: pytest.MonkeyPatch, renderer: Renderer, version: str, release: str
) -> None:
    monkeypatch.chdir(ROOT)

    report = run(Request(("chart",), kubernetes_version=version, release_name=release), renderer)

    assert report.failures == ()
    assert [finding.rule for finding in report.findings] == ["default-values-stop"]


def test_a_secret_made_elsewhere_is_a_note(monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> None:
    monkeypatch.chdir(ROOT)
    values = ValueOptions(set=("secrets.existingSecret=from-the-vault",))

    report = run(Request(("chart",), values, only_kubernetes=False), renderer)

    assert {(f.rule, f.severity.label) for f in report.findings} == {("secret-not-rendered", "note")}
