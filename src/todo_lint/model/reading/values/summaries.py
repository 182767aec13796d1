"""What a bullet says of an entity on the line that names it: ```api`: ClusterIP, port 8000``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping

from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import read_firmness
from todo_lint.model.reading.text import last_remark, plain, with_arrows
from todo_lint.model.reading.values.ingress_rules import ingress_rule
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.value_words import is_description
from todo_lint.model.reading.vocabulary import phrases
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of a summary, and those of its parts that were not understood, as they are written."""

    facts: Facts = ()
    unread: tuple[str, ...] = ()


def read_summary(kind: str, text: str) -> Summary:
    """Read ``ClusterIP, port 8000`` or ``image x, 2 replicas`` of an entity of a kind, part by part.

    A part that neither states a fact nor explains is unread.
    """
    read: list[tuple[str, Facts | None]] = []
    for part in _PARTS.split(text):
        facts = _part(kind, part)
        joined = f"{read[-1][0]}, {part}" if read else ""
        if not facts and read and (together := _part(kind, joined)):  # ``ports 80, 443``
            read[-1] = (joined, together)
        else:
            read.append((part, facts))
    if kind == Kind.SERVICE:
        read = _with_port(read)
    return Summary(
        tuple(fact for _, facts in read if facts for fact in facts),
        tuple(plain(part) for part, facts in read if facts is None),
    )


def _with_port(read: list[tuple[str, Facts | None]]) -> list[tuple[str, Facts | None]]:
    """The parts about a Service: where its type is said, a number alone beside that is its port."""
    if not any(fact.attribute == Attribute.TYPE for _, facts in read for fact in facts or ()):
        return read
    return [
        (
            part,
            (Fact(Attribute.PORT, plain(part)),)
            if facts is None and re.fullmatch(r"\d{2,5}", plain(part))
            else facts,
        )
        for part, facts in read
    ]


_PARTS = pattern(r"\s*[,;\n]\s*(?![^()]*\))")
_JOINTS = pattern(r"\s+(?:on|with|and|at|from|using)\s+(?![^()]*\))", re.IGNORECASE)
_LEAD = pattern(
    r"(?:(?:an?|the|on|at|with|and|runs?|running|uses?|using|exposes?|exposing|listens|listening|of type)\s+)+",
    re.IGNORECASE,
)


def _part(kind: str, text: str) -> Facts | None:
    """The facts of a part; none where it explains; None where it is not understood."""
    whole = text.strip()
    text = _LEAD.sub("", whole, count=1) if _LEAD.match(whole) else whole
    found = last_remark(text)
    inside = _stated(kind, found[1]) if found and found[0] else ()
    if found and not inside and re.search(r"\d", found[1]) and read_firmness(text).text == text:
        return None  # ``ClusterIP (port eighty, 80)``: what is in the parentheses may matter
    if facts := _stated(kind, text):
        return (*facts, *inside)
    pieces = _JOINTS.split(text)
    stated = [_stated(kind, piece) for piece in pieces]
    if len(pieces) > 1 and all(stated[1:]) and (stated[0] or _explains(kind, pieces[0])):
        return tuple(fact for facts in stated for fact in facts)
    return inside or (() if _explains(kind, whole) else None)


_EXPLAINING = ("internal", "external", "public", "private", "stateless", "stateful", "internal-only", "default")


def _explains(kind: str, text: str) -> bool:
    """Whether a part only explains: words of which none is a key of the kind."""
    if text.lower() in ("", *_EXPLAINING):
        return True
    words = [word for word in text.split() if word.lower() not in _EXPLAINING]
    keys = [f"{word} {after}" for word, after in itertools.pairwise(words)] + words
    return is_description(text) and not any(phrase_for(kind, key) for key in keys)


def _stated(kind: str, text: str) -> Facts:
    """The facts of a part that is understood as a whole."""
    if facts := _short(kind, text):
        return facts
    for key, value in _keys(text):
        phrase = None if is_prose_key(kind, key) or key.lower() == "name" else phrase_for(kind, key)
        if phrase and (facts := read_value(phrase, value).facts):
            return facts
    return ()


_SEPARATORS = pattern(r"\s*[:=]\s*|\s+")


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """The ways to part a text into a key and its value: ``node port 30080``, ``port: 80``, ``1Gi memory limit``."""
    found = list(_SEPARATORS.finditer(text))
    for match in reversed(found[:4]):
        yield text[: match.start()], text[match.end() :]
    for match in found[:1]:
        if re.match(r"\d", text):
            yield text[match.end() :], text[: match.start()]


_TYPED_PORT = pattern(
    r"(?!nodePort)(?i:(?P<type>ClusterIP|NodePort|LoadBalancer)(?:,? (?:on )?port:?| on|:)? ?(?P<port>\d{1,5})"
    r"(?:(?: -> |:)(?P<other>\d{1,5}))?)"
)
_NODE_PORTS = 30000  # the least of the range from which a cluster takes them


def typed_port(text: str) -> Facts:
    """``ClusterIP 8000``, ``NodePort 80:30080``, ``NodePort 30080``: the type and the ports of a Service."""
    match = _TYPED_PORT.fullmatch(with_arrows(plain(text)).strip())
    if not match:
        return ()
    of_node = match["type"].lower() == "nodeport"
    first = Attribute.NODE_PORT if of_node and int(match["port"]) >= _NODE_PORTS else Attribute.PORT
    facts = [Fact(a, v) for a, v in phrases.service_type(match["type"])] + [Fact(first, match["port"])]
    if match["other"]:
        node = of_node and int(match["other"]) >= _NODE_PORTS
        facts.append(Fact(Attribute.NODE_PORT if node else Attribute.TARGET_PORT, match["other"]))
    return tuple(facts)


def _joint_ports(text: str) -> Facts:
    """``8000 -> 8000``, ``80:3000``, ``NodePort 30080 -> 80 -> 3000``: of a single number nothing says what it is."""
    arrows = with_arrows(plain(text)).strip()
    if found := _NODE_FIRST.fullmatch(arrows):
        inner = read_value(phrases.service_ports, found["inner"]).facts
        return (Fact(Attribute.TYPE, "NodePort"), Fact(Attribute.NODE_PORT, found["node"]), *inner) if inner else ()
    joint = re.fullmatch(r"\d{1,5}(?: -> |:)\d{1,5}", arrows)
    return read_value(phrases.service_ports, arrows).facts if joint else ()


_NODE_FIRST = pattern(r"(?i:NodePort):? (?P<node>3[0-2]\d{3}) -> (?P<inner>\d{1,5}(?: -> \d{1,5})?)")


def _replicas(text: str) -> Facts:
    """``2 replicas``: of a bare number nothing says what it counts."""
    return read_value(phrases.replicas, text).facts if re.search(r"(?:replica|pod|instance)s?\b", text) else ()


def _rule(text: str) -> Facts:
    """``/api -> api:8000``."""
    path, arrow, target = with_arrows(plain(text)).partition(" -> ")
    path = path.removeprefix("path ").strip()
    return ingress_rule(path, target).facts if arrow and re.fullmatch(r"/\S*", path) else ()


def _tls(text: str) -> Facts:
    """``TLS``."""
    return (Fact(Attribute.TLS, "true"),) if text.lower() == "tls" else ()


def _with(phrase: phrases.Phrase) -> Callable[[str], Facts]:
    def parse(text: str) -> Facts:
        return read_value(phrase, text).facts if re.search(r"[A-Za-z]", text) else ()

    return parse


_UTILISED = pattern(
    r"(?:at |target )?(?P<percent>\d{1,3}) ?% (?:of )?(?:average )?(?P<what>CPU|memory)(?: utili[sz]ation| usage)?",
    re.IGNORECASE,
)


def _utilised(text: str) -> Facts:
    """``75 % CPU``: what an autoscaler aims at."""
    match = _UTILISED.fullmatch(plain(text))
    return (Fact(f"{Prefix.METRIC}{match['what'].lower()}", match["percent"]),) if match else ()


_SHORT: Mapping[str, tuple[Callable[[str], Facts], ...]] = {
    **dict.fromkeys(WORKLOADS, (_replicas,)),
    Kind.SERVICE: (typed_port, _joint_ports, _with(phrases.service_type), _with(phrases.headless)),
    Kind.INGRESS: (_rule, _tls),
    Kind.PERSISTENT_VOLUME_CLAIM: (_with(phrases.amount(Attribute.SIZE)), _with(phrases.access_mode)),
    Kind.HORIZONTAL_POD_AUTOSCALER: (
        _utilised,
        _with(phrases.replica_range),
    ),
}
"""What is understood of a kind without a word that says what it is."""


def _short(kind: str, text: str) -> Facts:
    return next((facts for read in _SHORT.get(kind, ()) if (facts := read(text))), ())
