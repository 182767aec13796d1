"""A key and a value below an entity become facts, or the reason why they state none."""

from __future__ import annotations

import re

from todo_lint.model.reading.firmness import (
    alternatives,
    bounds,
    environment_of,
    firmest,
    has_placeholder,
    marked_alternatives,
    read_firmness,
)
from todo_lint.model.reading.forms import UNREAD, unread
from todo_lint.model.reading.keys import is_prose_key, nearest_key, phrase_for
from todo_lint.model.reading.phrases import RUN, Phrase, address, backend, cluster_ip, name, runs
from todo_lint.model.reading.text import (
    EMPTY,
    is_nothing,
    last_remark,
    plain,
    strip_marks,
    with_arrows,
    without_remarks,
    words_of,
)
from todo_lint.model.reading.volumes import FORM, mounts, names_source, volumes
from todo_lint.model.reading.worded import code_first, value_in_words
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fact:
    """What a value says of one attribute, and how firmly: the fields are those of a Statement."""

    attribute: str
    value: str
    modality: Modality = Modality.REQUIRED
    environment: str = ""
    alternatives: tuple[str, ...] = ()
    bounds: tuple[str, str] = ("", "")
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of a key and a value; without facts, why they are prose, else the hint of what would be read."""

    facts: tuple[Fact, ...] = ()
    prose: str = ""
    hint: str = ""


_TYPE = (
    r"(?:strings?|str|integers?|int(?:32|64)?|numbers?|floats?|booleans?|bools?|arrays?|lists?|objects?|maps?|dict|enum|"
    r"datetime|timestamp|date|uuid|url|uri|path|quantity|semver|duration|json|yaml|any|\[\]\w+|map\[\w+\]\w+)"
)
_TYPED = pattern(
    rf"{_TYPE}(?:\[\])*(?:\s*[\[({{<,|:\u2013-].*|\s+(?:of|or|with|from|to|representing)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DENIAL = pattern(r"\b(?:no|not|never|without)\b|n't\b", re.IGNORECASE)
_PATH = pattern(r"(?<!\S)/[\w-]|\bGET\s+/")
"""A path, as a probe or an Ingress has it."""
_NUMBERS = pattern(r"\b\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)


def is_type(text: str) -> bool:
    """Whether a value only names a type: ``String``, ``Integer (desired number of pods)``, ``[]string``."""
    return _TYPED.fullmatch(plain(text)) is not None


def is_description(text: str) -> bool:
    """Whether a value only explains: several words, none of them a number, a path, marked as code or denied."""
    found = last_remark(text)
    bare = found[0] if found else text
    words = bare.split()
    several = len(words) > 1 or (not words and bool(text))
    return several and "`" not in bare and not any(hint.search(bare) for hint in (_NUMBERS, _DENIAL, _PATH))


def says_nothing(phrase: Phrase | None, text: str) -> bool:
    """Whether a value is a way to write that there is none; ``None`` is a value of *clusterIP*."""
    return is_nothing(text) and not (phrase is cluster_ip and cluster_ip(text))


def read_value(phrase: Phrase, text: str) -> Reading:
    """Read the text of a value with the parser of its key."""
    if says_nothing(phrase, text):
        return Reading(prose="it states no value")
    if is_type(text):
        return Reading(prose="it describes a type")
    text = with_arrows(text)
    facts = _by_environment(phrase, text) or _firm(phrase, text)
    if facts:
        return Reading(facts)
    if (firm := read_firmness(text)).modality is Modality.AUTO_ASSIGNED and not plain(firm.text):
        return Reading(prose="the cluster chooses it")
    if plain(without_remarks(text)).lower().replace("-", " ") in (
        "auto assigned",
        "auto",
        "automatic",
        "dynamic",
        "random",
    ):
        return Reading(prose="the cluster chooses it")
    form = _FORMS.get(phrase, "")
    if is_description(text) and not (form and names_source(text)):
        return Reading(prose="it explains, and states no value")
    return Reading(hint=f"{UNREAD}; {form}" if form else unread(phrase))


_FORMS: dict[Phrase, str] = {volumes: FORM, mounts: FORM, runs: RUN}
"""The nearest form that is read, for values of some length."""


def states(kind: str, key: str, value: str) -> bool:
    """Whether a key and a value state something that resources of a kind have."""
    phrase = phrase_for(kind, key) if value else None
    return phrase is not None and bool(read_value(phrase, value).facts)


_PARTS = pattern(r"\s*(?:,|;|/|\n|\bor\b|\band\b)\s*(?![^(]*\))", re.IGNORECASE)


_OTHERWISE = pattern(r"\s*(?:[,;]\s*(?:or\s+|but\s+)?|\bor\s+)(?![^(]*\))", re.IGNORECASE)


def _by_environment(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``1 (dev), 3 (prod)``: one value for each environment; ``1, 3 in production``: and one for all others."""
    return _bound(phrase, _PARTS.split(text), others=False) or _bound(phrase, _OTHERWISE.split(text), others=True)


def _bound(phrase: Phrase, parts: list[str], *, others: bool) -> tuple[Fact, ...]:
    """The values of parts that are each bound to an environment; ``others``: but for the first."""
    firm = [read_firmness(part) for part in parts]
    if len(parts) < 2 or bool(firm[0].environment) is others or not all(one.environment for one in firm[1:]):
        return ()
    read = [_firm(phrase, part) for part in parts]
    stated = {tuple(fact.attribute for fact in facts) for facts in read}
    if not all(read) or (others and len(stated) > 1):
        return ()
    return tuple(fact for facts in read for fact in facts)


def _firm(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    firm = read_firmness(text)
    base = Fact("", "", firm.modality, firm.environment)
    if facts := phrase(firm.text):
        return tuple(_filled(replace(base, attribute=attribute, value=value)) for attribute, value in facts)
    return _one_of(phrase, firm.text, base) or _range(phrase, firm.text, base)


def _filled(fact: Fact) -> Fact:
    """The fact, as a placeholder where parts of its value are to be filled in."""
    if has_placeholder(fact.value):
        return replace(fact, modality=firmest(fact.modality, Modality.PLACEHOLDER))
    return fact


def _one_of(phrase: Phrase, text: str, base: Fact) -> tuple[Fact, ...]:
    options = marked_alternatives(text) or alternatives(text)
    if not options:
        options = tuple(part.strip() for part in text.split("/")) if re.fullmatch(r"\w+(?:\s*/\s*\w+)+", text) else ()
    read = [phrase(option) for option in options]
    if not read or not all(len(facts) == 1 for facts in read) or len({facts[0][0] for facts in read}) > 1:
        return ()
    values = tuple(dict.fromkeys(facts[0][1] for facts in read))
    modality = firmest(base.modality, Modality.ONE_OF)
    return (replace(base, attribute=read[0][0][0], value="|".join(values), modality=modality, alternatives=values),)


_UNIT = pattern(r"\s+((?:replicas?|pods?|instances?|v?cpus?|cores?|memory|ram))$", re.IGNORECASE)


def _range(phrase: Phrase, text: str, base: Fact) -> tuple[Fact, ...]:
    bare = plain(text)
    unit = _UNIT.search(bare)
    ends = bounds(bare[: unit.start()] if unit else bare)
    if not ends:
        return ()
    read = [phrase(end) or phrase(f"{end} {unit[1] if unit else ''}") for end in ends if end]
    if not all(len(facts) == 1 and facts[0][0] not in _NO_RANGES for facts in read):
        return ()
    modality = firmest(base.modality, Modality.RANGE)
    return (replace(base, attribute=read[0][0][0], value=plain(text), modality=modality, bounds=ends),)


_NO_RANGES = (Attribute.PORT, Attribute.TARGET_PORT, Attribute.CONTAINER_PORT)
"""What has several values where a range is written, and not one value within it."""


def read_pair(kind: str, key: str, value: str, *, named: bool = True) -> Reading:
    """Read ``key: value`` below an entity of a kind. ``named``: its name is known, so a key ``name`` is data."""
    if kind == Kind.VALUES:
        return _values_key(key, value)
    if kind in (Kind.CONFIG_MAP, Kind.SECRET):
        return _data_or_attribute(kind, key, value, named)
    if kind == Kind.INGRESS and (rule := _RULE.fullmatch(plain(key))):
        return ingress_rule(rule[1].rstrip("*").rstrip("/") or "/", value)
    if kind == Kind.INGRESS and words_of(key) in _PATHS and (found := routes(value)):
        return Reading(found)
    if is_prose_key(kind, key):
        return Reading(prose=f"'{plain(key)}' explains and states no fact")
    phrase = phrase_for(kind, key)
    if phrase is None:
        reading = unknown_key(kind, key, value)
        return Reading(hint=nearest_key(kind, key)) if reading.prose and named and holds_value(value) else reading
    reading = read_value(phrase, value)
    behind = () if reading.facts else _typed(phrase, value) or _described(phrase, value)
    known = named or kind == Kind.CHART or phrase is name
    if behind and (known or behind[0].modality is Modality.DEFAULT):
        return Reading(behind)
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


_PRECISE = pattern(r"\S*\d\S*|[a-z][\w./:-]*\w[-./:]\w[\w./:-]*")
"""A word that is a value: with a digit, or joined as names are."""
_JOINED = pattern(
    r".*-(?:case|only|defined|generated|separated|based|assigned|specific|wide|level|value|sensitive|insensitive|readable|"
    r"friendly|less|free|time|in|out|off|on|up|encoded|like|style)|(?:name|image|repo\w*|registry|host)[:/].*",
    re.IGNORECASE,
)
"""Words of English that are joined by a hyphen, ``kebab-case``, and forms, ``name:tag``."""


_ALONE = f"{UNREAD}; write it alone behind the key"
_HOLDS = pattern(
    r"\d[\w.]*|`?/[\w./-]*`?|(?:[A-Z][a-z]+[A-Z]\w*|None|Never|Always) (?:for|with|and) .+|.*\w=\w.*|\d[\w.]* for .+",
)
_EXPLAINS = pattern(r"\be\.?g\b|\bi\.?e\b|\b(?:must|should|may|see|like|such as|example)\b", re.IGNORECASE)


def holds_value(text: str) -> bool:
    """Whether words that explain have a value in parentheses behind them: a number, a path, a word of Kubernetes."""
    found = last_remark(text)
    if found is None or not is_description(found[0]) or _EXPLAINS.search(text):
        return False
    return _HOLDS.fullmatch(found[1]) is not None


_OF_TYPE = pattern(rf"{_TYPE}(?:\[\])*\s*(?:\((?P<inside>.+)\)|[,;\u2013-]\s*(?P<after>default.+))", re.IGNORECASE)
_STATED = pattern(r"(?P<quote>[\"'`])(?P<quoted>[^\"'`]+)(?P=quote)|(?P<number>\d[\w.]*)(?: for [\w. -]+)?")
_DEFAULT = pattern(r"defaults?(?: to)?\s*[:=]?\s*(?P<value>[\"'`]?[^\s,;()\"'`]+[\"'`]?)(?:[,; ].*)?", re.IGNORECASE)


def _typed(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``integer (8000)``, ``string ("ClusterIP")``, ``integer (default: 2)``: a type with a value, or a default."""
    match = _OF_TYPE.fullmatch(plain(text))
    inside = (match["inside"] or match["after"]).strip() if match else ""
    if default := _DEFAULT.fullmatch(inside):
        return _facts(phrase, strip_marks(default["value"]), Modality.DEFAULT)
    stated = _STATED.fullmatch(inside)
    return _facts(phrase, stated["quoted"] or stated["number"]) if stated else ()


def _facts(phrase: Phrase, text: str, modality: Modality = Modality.REQUIRED) -> tuple[Fact, ...]:
    return tuple(_filled(Fact(attribute, value, modality)) for attribute, value in phrase(text))


def _described(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``Application port (3000)``, ``Chart name (todo-app)``: a description with the value behind it."""
    found = last_remark(text)
    inside = plain(found[1]) if found else ""
    default = _DEFAULT.fullmatch(inside)
    if default and found and found[0].replace(" ", "").isalpha():
        return _facts(phrase, strip_marks(default["value"]), Modality.DEFAULT)
    if found is None or default or not is_description(found[0]):
        return ()
    if found[1] == f"`{inside}`" and " " not in inside:
        return _facts(phrase, inside)
    said = re.sub(r" for [\w. -]+$", "", inside)
    if said != inside and environment_of(inside.rpartition(" for ")[2]):
        return ()
    precise = _PRECISE.fullmatch(said) and not _JOINED.fullmatch(said)
    if precise or (" " not in said and _is_choice(phrase) and phrase(said)):
        return _facts(phrase, said)
    return _range(phrase, said, Fact("", "")) if bounds(said) else ()


def _is_choice(phrase: Phrase) -> bool:
    """Whether a value is one of few words: then such a word behind a description is one."""
    return not phrase("qwzx") and not phrase("Qwzx")


_RULE = pattern(r"(?:rules?|paths?)?:?\s*(/\S*)", re.IGNORECASE)


def ingress_rule(path: str, value: str) -> Reading:
    """``/api``: ``api-service:8000``: a path of an Ingress, and where it leads."""
    reading = read_value(backend, value)
    if not reading.facts:
        return reading
    return Reading((Fact(Attribute.PATH, path), *(replace(fact, part=path) for fact in reading.facts)))


_PATHS = ("path", "paths", "rule", "rules", "route", "routes", "routing")
_ROUTE = pattern(r"(/[^\s,;]*)\s+(?:-> |to )(.+)")


def routes(value: str) -> tuple[Fact, ...]:
    """``/ -> web:80, /api -> api:8000``: paths of an Ingress, and where each leads; empty for anything else."""
    parts = re.split(r"\s*[,;\n]\s*(?=/)", with_arrows(plain(value)).strip())
    routes = [_ROUTE.fullmatch(part) for part in parts]
    readings = [ingress_rule(route[1].rstrip("*").rstrip("/") or "/", route[2]) for route in routes if route]
    if not all(routes) or not all(reading.facts for reading in readings):
        return ()
    return tuple(fact for reading in readings for fact in reading.facts)


def unknown_key(kind: str, key: str, value: str) -> Reading:
    """A key that no parser is there for: prose where the value only explains, else not understood."""
    if is_type(value):
        return Reading(prose="it describes a type")
    if kind == Kind.SERVICE and (facts := address(value)):
        return Reading(tuple(Fact(attribute, said) for attribute, said in facts))
    hint = nearest_key(kind, key)
    if kind == Kind.SECRET and (is_nothing(value) or is_description(value)):
        return Reading(prose="it is no key of a Secret")  # its words may be a value, and are not shown
    if kind in (Kind.IMAGE, Kind.CHART) and not hint.startswith("did you mean"):
        return Reading(prose=f"'{plain(key)}' is no key that states a fact of a {kind}")
    if is_nothing(value) or is_description(value) or has_placeholder(value) or len(words_of(key).split()) > 4:
        return Reading(prose=f"'{plain(key)}' is no key that states a fact of a {kind}" if kind else "it explains")
    return Reading(hint=hint)


_DATA_KEY = pattern(r"[A-Za-z0-9][\w.-]*")


def _data_or_attribute(kind: str, key: str, value: str, named: bool) -> Reading:
    bare = plain(key)
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
        behind = () if reading.facts else _described(phrase, value)
        reading = Reading(behind) if behind else reading
        return _without_values(reading) if kind == Kind.SECRET else reading
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


_MAP = pattern(r"\{\s*[\"']?[A-Za-z][\w.-]*[\"']?:\s.*\}", re.DOTALL)
_LOOSE_MAP = pattern(r"[A-Za-z][\w-]*:\s*\{.*[}\]]", re.DOTALL)
"""A mapping of mappings that has no brackets of its own: ``requests: {cpu: 1}, limits: {cpu: 2}``."""
_VALUES_KEY = pattern(r"[A-Za-z_][\w-]*(?:\[\d+\])?(?:\.[\w/-]+(?:\[\d+\])?)*")


def _values_key(key: str, value: str) -> Reading:
    bare = plain(key)
    if not _VALUES_KEY.fullmatch(bare):
        return unknown_key(Kind.VALUES, key, value)
    text = plain(value)
    if _LOOSE_MAP.fullmatch(text):
        text = f"{{{text}}}"
    return written(bare, f"`{text}`" if _MAP.fullmatch(text) and "`" not in text else value)


def written(attribute: str, text: str) -> Reading:
    """A value that is kept as it is written: of a ConfigMap's key or of a key of the values.

    A remark on how firmly it is meant is taken off, and so is one behind a text in quotes or code marks. Several
    words without such marks explain the key: only its existence is stated. A text stated to be empty is ``""``.
    """
    text = text.strip()
    marked = text.startswith(("`", '"', "'"))
    if not text or (is_nothing(text) and not marked and text not in ("none", "None", "null", "nil")):
        return Reading((Fact(attribute, ""),))
    if not marked and (said := value_in_words(text)):
        return Reading((_filled(Fact(attribute, *said)),))
    if is_type(text) and not marked:
        return Reading(prose="it describes a type")
    if several := _written_by_environment(attribute, text):
        return Reading(several)
    own, remark = _own_text(text)
    firm = read_firmness(remark) if remark else None
    modality = firm.modality if firm else Modality.REQUIRED
    environment = firm.environment if firm else ""
    base = Fact(attribute, strip_marks(own) or EMPTY, modality, environment)
    if marked and (options := marked_alternatives(own)):
        return Reading(
            (
                replace(
                    base, value="|".join(options), modality=firmest(modality, Modality.ONE_OF), alternatives=options
                ),
            )
        )
    if not remark and "`" in own and (first := code_first(own)):
        return Reading((_filled(replace(base, value=first[0] or EMPTY)),)) if first[1] else Reading(hint=_AT_TIMES)
    explained = not remark and re.fullmatch(r"[A-Z][a-z]+ \(.*\)", own)
    if (is_description(own) or explained) and '"' not in own and "://" not in own:
        return Reading((replace(base, value=""),))
    return Reading((_filled(base),))


_AT_TIMES = f"{UNREAD}; write it alone behind the key, or '`debug` (dev), `info` (prod)'"


def _own_text(text: str) -> tuple[str, str]:
    """A written value, and what is said about it: as a text that starts with ``x`` for ``read_firmness``."""
    if example := re.match(r"(?:e\.?g\.?|for example|such as),?\s+", text, re.IGNORECASE):
        return text[example.end() :], "e.g. x"
    if default := re.match(r"default(?:s to)?\s*:?\s+(?=\S+$)", text, re.IGNORECASE):
        return text[default.end() :], "x (default)"
    found = last_remark(text)
    if not found or not found[0]:
        return text, ""
    before, remark = found
    said = read_firmness(f"x ({remark})")
    if said.text == "x" or re.fullmatch(r"(`[^`]*`|\"[^\"]*\")(\s*(?:or|\|)\s*(`[^`]*`|\"[^\"]*\"))*", before):
        return before, f"x ({remark})"
    return text, ""


def _written_by_environment(attribute: str, text: str) -> tuple[Fact, ...]:
    parts = re.split(r"(?<=\))\s*(?:,|;|\n|\bor\b|\band\b)\s*", text)
    firm = [read_firmness(part) for part in parts]
    bound = [bool(one.environment) for one in firm]
    quoted = all(re.match(r"[`\"]", part) for part in parts)
    if len(parts) < 2 or not (all(bound) or (any(bound) and quoted)):
        return ()
    firm = [one if one.environment else replace(one, text=without_remarks(one.text)) for one in firm]
    return tuple(Fact(attribute, strip_marks(strip_marks(one.text)), one.modality, one.environment) for one in firm)
