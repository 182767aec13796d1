"""A key and a value below an entity become facts, or the reason why they state none."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import (
    firmest,
    read_firmness,
)
from todo_lint.model.reading.text import (
    plain,
    words_of,
)
from todo_lint.model.reading.values.behind import behind
from todo_lint.model.reading.values.forms import UNREAD
from todo_lint.model.reading.values.ingress_rules import PATHS, RULE, ingress_rule, routes
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.unknown_keys import unknown_key
from todo_lint.model.reading.values.value_words import holds_value, is_description, is_type
from todo_lint.model.reading.values.worded import value_in_words
from todo_lint.model.reading.values.written_values import values_key, written
from todo_lint.model.reading.vocabulary.keys import API_VERSION, is_prose_key, nearest_key, phrase_for
from todo_lint.model.reading.vocabulary.phrases import Phrase, name, node_address
from todo_lint.model.reading.vocabulary.requirements import kubernetes_row
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import replace


def read_pair(kind: str, key: str, value: str, *, named: bool = True) -> Reading:
    """Read ``key: value`` below an entity of a kind. ``named``: its name is known, so a key ``name`` is data."""
    if kind == Kind.VALUES:
        told = key[:1].isupper() and is_prose_key(kind, key) and is_description(value)
        return Reading(prose=f"'{plain(key)}' explains and states no fact") if told else values_key(key, value)
    if words_of(key) == "api version" and not named and kind != Kind.CHART:
        return Reading(prose="it says what a manifest of the kind begins with")
    if kind in (Kind.CONFIG_MAP, Kind.SECRET):
        return _data_or_attribute(kind, key, value, named)
    if kind == Kind.INGRESS and (rule := RULE.fullmatch(plain(key))):
        return ingress_rule(rule[1].rstrip("*").rstrip("/") or "/", value)
    if kind == Kind.INGRESS and words_of(key) in PATHS and (found := routes(value)):
        return Reading(found)
    if kind == Kind.CHART and (asked := kubernetes_row(plain(key), plain(value))):
        return Reading(asked)
    if kind == Kind.SERVICE and (opened := node_address(value)):
        return Reading(tuple(Fact(attribute, said) for attribute, said in opened))
    if is_prose_key(kind, key):
        return Reading(prose=f"'{plain(key)}' explains and states no fact")
    phrase = phrase_for(kind, key)
    if phrase is None:
        reading = unknown_key(kind, key, value)
        return Reading(hint=nearest_key(kind, key)) if reading.prose and named and holds_value(value) else reading
    return _of_phrase(phrase, kind, key, value, named=named)


def _of_phrase(phrase: Phrase, kind: str, key: str, value: str, *, named: bool) -> Reading:
    """Read the value of a key that is known."""
    reading = read_value(phrase, value)
    if words_of(key) == "runs" and not reading.facts:
        return Reading(prose="it tells what is done, and names no command alone")
    found = () if reading.facts else behind(phrase, value)
    known = named or kind == Kind.CHART or phrase is name
    if found and (known or found[0].modality is Modality.DEFAULT):
        return Reading(found)
    if reading.prose and named and holds_value(value):
        return Reading(hint=_ALONE)
    if reading.hint and kind in WORKLOADS:
        return Reading(hint=_AMOUNTS.get(words_of(key), reading.hint))
    return reading


_AMOUNTS = {
    "resources": "say which they are: 'Resource Requests' or 'Resource Limits'",
    "cpu": "say which it is: 'CPU Request' or 'CPU Limit'",
    "memory": "say which it is: 'Memory Request' or 'Memory Limit'",
}
"""What to write instead of keys that leave open whether requests or limits are meant."""


_ALONE = f"{UNREAD}; write it alone behind the key"


_API_VERSION = pattern(API_VERSION)
_DATA_KEY = pattern(r"[A-Za-z0-9][\w.-]*")


_ROUTE = pattern(r"\.?(data|stringData)\[[\"']?([\w.-]+)[\"']?\]")


def data_route(key: str) -> str:
    """``.data["a.yaml"]`` as ``data.a.yaml``; any other key as it is."""
    match = _ROUTE.fullmatch(plain(key))
    return f"{match[1]}.{match[2]}" if match else key


def _data_or_attribute(kind: str, key: str, value: str, named: bool) -> Reading:
    key = data_route(key)
    bare = plain(key)
    if not named and "`" not in key and bare.islower() and is_description(value) and "_" in bare:
        return Reading(prose=f"'{bare}' is described, and nothing stated of it")  # a field of a type
    if bare == "apiVersion" and "`" not in key and _API_VERSION.fullmatch(plain(value)):
        return Reading((Fact(Attribute.API_VERSION, plain(value)),))
    if bare in ("apiVersion", "kind", "metadata", "immutable", "entity") and "`" not in key:
        return Reading(prose=f"'{bare}' states no fact")
    spoken = (bare == "type" and "`" not in key) or (bare[:1].isupper() and not bare.isupper() and "`" not in key)
    if bare.startswith(("data.", "stringData.")):
        return _data(kind, bare.partition(".")[2], value)
    if words_of(bare) in ("labels", "annotations") or bare.startswith(("labels.", "metadata.")):
        phrase = phrase_for(kind, bare)
    else:
        field = bare in _FIELDS and is_description(value)
        phrase = phrase_for(kind, bare) if spoken or field or not named else None
    if phrase is not None:
        reading = read_value(phrase, value)
        if not reading.facts and (found := behind(phrase, value)):
            reading = Reading(found)
        return _without_values(reading) if kind == Kind.SECRET else reading
    if bare in ("stringData", "binaryData") and is_description(value):
        return Reading(prose=f"'{bare}' is described, and nothing stated of it")
    if (spoken or not named) and is_prose_key(kind, bare):
        return Reading(prose=f"'{bare}' explains and states no fact")
    return _data(kind, key, value)


_FIELDS = ("name", "namespace", "data", "type", "binaryData", "apiVersion", "stringData")
"""Fields of a ConfigMap or Secret: with words that explain behind them they are no keys of its data."""


def _data(kind: str, key: str, value: str) -> Reading:
    """A key of the data of a ConfigMap, with its value, or of a Secret, without."""
    bare = plain(key)
    if not _DATA_KEY.fullmatch(bare):
        return unknown_key(kind, key, value)
    if kind == Kind.SECRET:
        later = [read_firmness(value).modality] if value else []
        return Reading((Fact(Prefix.DATA + bare, "", firmest(*(m for m in later if m is not Modality.PLACEHOLDER))),))
    if is_type(value) and _COMPOSED.search(bare) and bare not in _FIELDS and not value_in_words(value):
        return Reading((Fact(Prefix.DATA + bare, ""),))
    return written(Prefix.DATA + bare, value)


_COMPOSED = pattern(r"[a-z][A-Z]|_|^[A-Z]+$")
"""How keys of data are spelled, and few fields of a manifest: *logLevel*, *LOG_LEVEL*."""


def _without_values(reading: Reading) -> Reading:
    """The values of a Secret's keys are never kept."""
    return replace(
        reading,
        facts=tuple(replace(f, value="") if f.attribute.startswith(Prefix.DATA) else f for f in reading.facts),
    )
