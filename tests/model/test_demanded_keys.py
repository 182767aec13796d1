"""Tables of the keys that a Secret must have, whoever makes it; and keys that are needed on a condition only."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.statements import Modality

TABLE = (
    "", "| Key | Description | Required when |", "|---|---|---|", "| `user` | admin | always |",
    "| `token` | signs | always |", "| `dsn` | data base | always |", "| `clientId` | login | `sso.enabled=true` |",
)  # fmt: skip
ALL = [(5, "user"), (6, "token"), (7, "dsn"), (8, "clientId")]


@pytest.mark.parametrize(
    "caption",
    ["Required Secret keys:", "The Secret must contain the following keys:", "Keys of the existing Secret:"],
)
def test_keys_that_a_secret_must_have_are_of_the_one_that_somebody_makes(caption: str) -> None:
    model = read(caption, *TABLE)

    found = [(line, a.removeprefix("data.")) for line, kind, _, a, _ in stated(model) if kind == "Secret"]
    assert found == ALL
    assert [s.modality for s in model.statements] == [Modality.OUTSIDE] * 3 + [Modality.OPTIONAL]


@pytest.mark.parametrize("caption", ["Required keys:", "The Secret could contain the following keys:", "Secrets:"])
def test_other_captions_name_no_secret(caption: str) -> None:
    assert stated(read(caption, *TABLE)) == []


def _verdicts(*keys: str) -> list[Verdict]:
    model = read("Required Secret keys:", *TABLE)
    data = ", ".join(f"{key}: x" for key in keys)
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: shop}}\nstringData: {{{data}}}\n"
    source = Source("x.yaml", Layer.MANIFEST, text)
    resources = index((source, document) for document in read_stream(text))
    evidence = Evidence(model, resources, pair(model, resources), "default", {"name": "shop"}, None)
    return [judge(statement, evidence).verdict for statement in model.statements]


def test_a_secret_of_the_chart_with_these_keys_is_held_against_them() -> None:
    assert _verdicts("user", "token", "dsn") == [Verdict.HOLDS] * 3 + [Verdict.LATER]


def test_a_secret_of_the_chart_with_other_keys_is_another() -> None:
    assert _verdicts("cert", "key") == [Verdict.NOT_CHECKABLE] * 3 + [Verdict.LATER]
