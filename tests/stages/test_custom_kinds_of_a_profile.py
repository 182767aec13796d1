"""Kinds that a chart or a set of manifests defines itself are checked by their own definition."""

from __future__ import annotations

from todo_lint.findings import Layer
from todo_lint.kubernetes.versions import LATEST
from todo_lint.manifests.resources import Source
from todo_lint.stages.profile_run import DocumentReader, ProfileRun

DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: lamps.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Lamp, plural: lamps}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                watts: {type: integer, maximum: 60}
"""
LAMP = "apiVersion: example.com/v1\nkind: Lamp\nmetadata: {name: desk}\nspec: {watts: %s}\n"


def _run(*texts: str) -> ProfileRun:
    return DocumentReader((LATEST,)).run(
        "", [Source(f"{n}.yaml", Layer.MANIFEST, text) for n, text in enumerate(texts)]
    )


def test_an_object_of_a_defined_kind_is_checked() -> None:
    run = _run(DEFINITION, LAMP % "75")

    (problem,) = [problem for problems in run.problems.values() for problem in problems]
    assert (problem.rule, problem.route) == ("out-of-range", ("spec", "watts"))
    assert run.skipped == ()
    assert run.checked == 2


def test_a_fitting_object_is_checked_and_fine() -> None:
    run = _run(LAMP % "60", DEFINITION)

    assert [problems for problems in run.problems.values() if problems] == []
    assert run.checked == 2


def test_without_its_definition_it_is_skipped() -> None:
    run = _run(LAMP % "75")

    assert [skip.resource for skip in run.skipped] == ["Lamp/desk"]
    assert run.checked == 0
