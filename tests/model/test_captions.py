"""A paragraph right above a table says of which ConfigMap or Secret its rows are keys."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

ROWS = ("", "| Variable | Value |", "|---|---|", "| `log_level` | `info` |")


@pytest.mark.parametrize(
    ("caption", "facts"),
    [
        ("Non-secret settings are in the ConfigMap `shop-config`:",
         [(3, "ConfigMap", "shop-config", "name", "shop-config"),
          (7, "ConfigMap", "shop-config", "data.log_level", "info")]),
        ("Secrets are in `shop-auth`; you must give them:",
         [(3, "Secret", "shop-auth", "name", "shop-auth"), (7, "Secret", "shop-auth", "data.log_level", "")]),
    ],
)  # fmt: skip
def test_a_caption_names_what_holds_the_keys(caption: str, facts: list[tuple[int, str, str, str, str]]) -> None:
    assert stated(read("## Configuration", "", caption, *ROWS)) == facts


@pytest.mark.parametrize(
    "caption",
    [
        "Settings are in the ConfigMap `shop-config` and the Secret `shop-auth`:",
        "Settings could be kept in the ConfigMap `shop-config`:",
        "Settings are in the ConfigMap of the team:",
        "Settings are read by `shop-web`:",
    ],
)
def test_a_caption_that_names_none_for_sure_is_about_no_table(caption: str) -> None:
    assert [fact for fact in stated(read("## Configuration", "", caption, *ROWS)) if fact[0] == 7] == []


def test_the_caption_of_a_table_is_not_that_of_the_next() -> None:
    model = read("## Setup", "", "Secrets are in `shop-auth`:", "", "---", *ROWS)

    assert [fact for fact in stated(model) if fact[0] > 5] == []


PROBES = ("", "| Probe | Path |", "|---|---|", "| Liveness | `GET /live` |", "| Readiness | /ready (slow) |")


def test_a_table_of_probes_below_a_sentence_about_a_part() -> None:
    named = ("## Workloads", "| Deployment | Replicas |", "|---|---|", "| shop-backend | 1 |", "| shop-web | 1 |", "")

    model = read(*named, "## Health", "", "The backend answers these paths:", *PROBES)

    assert [fact[2:] for fact in stated(model)][-2:] == [
        ("shop-backend", "livenessProbe.path", "/live"),
        ("shop-backend", "readinessProbe.path", "/ready"),
    ]


@pytest.mark.parametrize("said", ["All of them answer these paths:", "The backend and the web answer these:"])
def test_a_table_of_probes_of_nobody_is_told_once(said: str) -> None:
    named = ("## Workloads", "| Deployment | Replicas |", "|---|---|", "| shop-backend | 1 |", "| shop-web | 1 |", "")

    model = read(*named, "## Health", "", said, *PROBES)

    assert [line for line, _ in told(model)] == [13]
    assert "probe" not in " ".join(fact[3].lower() for fact in stated(model))
