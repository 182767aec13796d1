"""What a document says is made outside of the chart, or is of another namespace, is nothing that the chart lacks."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, read

from todo_lint.findings import Verdict
from todo_lint.model.statements import Modality

OTHER = """
apiVersion: v1
kind: Secret
metadata: {name: shop-other}
stringData: {API_TOKEN: x}
"""
SAME = OTHER.replace("shop-other", "shop-keys")


@pytest.mark.parametrize(
    "heading",
    [
        "### Pre-created Secret: shop-keys",
        "### Secret: shop-keys (to be created manually)",
        "### Secret: shop-keys (not rendered by this chart)",
        "### Existing Secret `shop-keys`",
    ],
)
def test_a_heading_says_that_a_secret_is_made_outside(heading: str) -> None:
    model = read(heading, "- `API_TOKEN`", "- `DB_PASSWORD`")

    assert {s.modality for s in model.statements} == {Modality.OUTSIDE}
    assert {verdict for _, verdict in outcomes(model, OTHER)} == {Verdict.NOT_CHECKABLE}
    assert outcomes(model, SAME)[-2:] == [(2, Verdict.HOLDS), (3, Verdict.MISSING)]


def test_a_secret_of_which_nothing_is_said_has_to_be_there() -> None:
    model = read("### Secret: shop-keys (created with the chart)", "- `API_TOKEN`", "- `DB_PASSWORD`")

    assert (3, Verdict.MISSING) in outcomes(model, OTHER)


TABLE = ("", "| Secret Name | Keys |", "|---|---|", "| shop-keys | `A_B`, `C_D` |")


@pytest.mark.parametrize(
    ("said", "outside"),
    [
        ("All secrets are kept in Vault and synced into the cluster.", True),
        ("Secrets are created manually before the first install.", True),
        ("The credentials are synced by the External Secrets Operator every minute.", True),
        ("In production, secrets can be synced from Vault instead.", False),
        ("Secrets may be created manually or by the chart.", False),
        ("Passwords are long.", False),
    ],
)
def test_a_sentence_says_so_of_its_section(said: str, outside: bool) -> None:
    model = read("## Secrets Management", "", said, *TABLE, "", "## Secret: other", "- `E_F`")

    assert {s.modality for s in model.statements if s.name == "shop-keys"} == {
        Modality.OUTSIDE if outside else Modality.REQUIRED
    }
    assert {s.modality for s in model.statements if s.name == "other"} == {Modality.REQUIRED}


def test_a_label_says_it_of_its_own_secret_alone() -> None:
    model = read("Secret `shop-keys` (made by hand):", "- API_TOKEN", "", "PVC `uploads`: 5Gi, ReadWriteOnce")

    assert {s.name: s.modality for s in model.statements} == {
        "shop-keys": Modality.OUTSIDE,
        "uploads": Modality.REQUIRED,
    }


ACCOUNTS = ("| ServiceAccount | Namespace |", "|---|---|", "| web | shop |", "| api | shop |", "| prom | logs |")


def test_what_is_of_another_namespace_is_of_another_chart() -> None:
    model = read("## ServiceAccounts", "", *ACCOUNTS)
    watched = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: logs}\n"

    assert set(outcomes(model, OTHER)) == {(5, Verdict.MISSING), (6, Verdict.MISSING), (7, Verdict.NOT_CHECKABLE)}
    assert (7, Verdict.MISSING) in outcomes(model, watched)
