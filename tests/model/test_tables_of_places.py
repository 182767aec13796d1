"""Tables that say in which object, and under which key, each setting is."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

HEAD = ("| Setting | Where | Current value |", "|---|---|---|")
NAMES = "Config: cm/web-config, secret/web-auth"


def test_each_row_is_a_key_of_what_it_names_also_where_that_is_named_below() -> None:
    rows = (
        "| Address | `web-config` / `api_url` | `http://api:80` |", "| Debug | `web-config/debug` | `\"false\"` |",
        "| Token | web-auth → `token` | hunter2 |",
    )  # fmt: skip
    model = read("## Settings", "", *HEAD, *rows, "", NAMES)

    assert stated(model)[:3] == [
        (5, "ConfigMap", "web-config", "data.api_url", "http://api:80"),
        (6, "ConfigMap", "web-config", "data.debug", "false"),
        (7, "Secret", "web-auth", "data.token", ""),
    ]
    assert "hunter2" not in repr(model)
    assert stated(read(NAMES, "", *HEAD, *rows))[2:][0][2:] == ("web-config", "data.api_url", "http://api:80")


def test_an_object_of_which_nothing_says_what_it_is_is_told() -> None:
    rows = ("| Debug | `web-config` / `debug` | true |", "| Level | `log-config` / `level` | info |")
    ((line, hint),) = told(read(NAMES, "", *HEAD, *rows))
    assert (line, hint.partition(";")[0]) == (6, "nothing says whether 'log-config' is a ConfigMap or a Secret")
    assert told(read(NAMES.replace("web-config", "web-config, cm/log-config"), "", *HEAD, *rows)) == []


@pytest.mark.parametrize("cell", ["`shop-org/web`", "`src-web/config.py`", "the console", "`web-config`"])
def test_other_places_are_no_keys(cell: str) -> None:
    assert stated(read("## Deployments", "- **web-app**", "", *HEAD, f"| Debug | {cell} | true |"))[1:] == []
    assert told(read("## Settings", "", *HEAD, f"| Debug | {cell} | true |")) == []
