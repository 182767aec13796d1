"""Probes: what they ask, and how often."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import plain
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase
from todo_lint.model.statements import Prefix
from todo_lint.patterns import pattern

_PERIODS = {
    "initial delay": "initialDelaySeconds", "delay": "initialDelaySeconds", "period": "periodSeconds",
    "interval": "periodSeconds", "timeout": "timeoutSeconds", "failure threshold": "failureThreshold",
    "success threshold": "successThreshold", "every": "periodSeconds", "failures": "failureThreshold",
    "initialdelayseconds": "initialDelaySeconds", "periodseconds": "periodSeconds", "port": "port",
    "timeoutseconds": "timeoutSeconds", "failurethreshold": "failureThreshold",
}  # fmt: skip
_PERIOD = pattern(
    rf"(?P<key>{'|'.join(sorted(_PERIODS, key=len, reverse=True))})\s*[:=]?\s*(?:of\s+)?"
    r"(?P<number>\d+)\s*s?(?:ec(?:onds)?)?",
    re.IGNORECASE,
)
_COUNTED = pattern(
    r"(?P<number>\d+)\s*(?:s(?:ec(?:onds)?)?\s+)?(?P<key>failures?|timeout|period|interval|initial delay|delay)"
    r"(?: allowed| tolerated)?",
    re.IGNORECASE,
)
_GET = pattern(
    r"(?:HTTPS?\s+)?(?:(?:GET|path|on|at|to):?\s+)*(?P<path>/[\w./-]*)(?:\s+endpoint)?"
    r"(?:\s*(?:on|at|:)?\s*(?:(?:port\s*)?:?(?P<port>\d{1,5})|(?:port\s+|:)`?(?P<named>[a-z][-a-z0-9]{0,14})`?(?:\s+port)?))?",
    re.IGNORECASE,
)
_TCP = pattern(r"TCP(?: ?socket)?(?: check)?\s*(?:on)?\s*(?:port\s*)?:?\s*(?P<port>\d{1,5})?", re.IGNORECASE)


_EXEC = pattern(
    r"(?:(?:[Ee]xec(?: command)?|[Cc]ommand|[Rr]uns?)\s*:?\s*`(?P<told>[^`]+)`|`(?P<alone>[a-z][\w./-]*\s[^`]+)`)"
    r"(?P<behind>.*)"
)
"""What a probe runs: code behind a word that says so, or code of several words."""


_BETWEEN = pattern(r"[,;]|\s+(?:and\s+)?(?=every \d)|\s+with (?:an? )?(?=timeout|period|initial|\d)", re.IGNORECASE)


def probe(prefix: Prefix) -> Phrase:
    """``HTTP GET /health on port 8000, period 10s``, ``exec `pg_isready`, every 10s``: the fields of a probe."""

    def parse(text: str) -> Facts:
        if ran := _EXEC.fullmatch(text.strip()):
            behind = parse(ran["behind"])
            command = (f"{prefix}command", ran["told"] or ran["alone"])
            return (command, *behind) if behind or not ran["behind"].strip(" ,;()") else ()
        parts = [part.strip() for part in _BETWEEN.split(re.sub(r"[()`]", ",", plain(text))) if part.strip()]
        facts = [_probe_fact(part) for part in parts]
        known = [fact for found in facts if found for fact in found]
        if not parts or not all(facts) or len({key for key, _ in known}) < len(known):
            return ()
        return tuple((prefix + key, value) for key, value in known)

    return parse


_WHICH = pattern(
    r"(?P<which>(?:startup|readiness|liveness)(?:(?:,? and |, | ?/ ?|,? & ?)(?:startup|readiness|liveness))*)"
    r"(?: probes?)?(?: (?:on|at|via|with|by|against|use|check(?:ing|s)?|probing)|:)? (?P<rest>.+)",
    re.IGNORECASE,
)
_PREFIXES = {"startup": Prefix.STARTUP, "readiness": Prefix.READINESS, "liveness": Prefix.LIVENESS}
_OF_SOME = probe(Prefix.PROBE)


def some_probe(text: str) -> Facts:
    """``GET /health`` behind *Health check*, of some probe; ``startup and liveness on GET /health``, of these."""
    if together := _together(text):
        return together
    match = _WHICH.fullmatch(text.strip())
    if match is None:
        return _OF_SOME(text)
    named = re.findall("startup|readiness|liveness", match["which"].lower())
    return tuple(fact for word in named for fact in probe(_PREFIXES[word])(match["rest"]))


_SEVERAL = pattern(
    r"(?P<which>(?:(?:liveness|readiness|startup)(?:,? and |, | & |/)?)+)\s*(?:probes?)?\s*"
    r"(?:(?:both |all )?(?:checking|checks?|on|at|via|hit(?:ting)?|using|against|->|:|-)?\s*"
    r"(?:the )?(?P<path>/[\w./-]*|root)(?: (?:endpoint|path))?)?",
    re.IGNORECASE,
)


def _together(text: str) -> Facts:
    """``Liveness and readiness checking /health endpoint``: the path of each probe, or only that there is one."""
    match = _SEVERAL.fullmatch(plain(text))
    words = re.findall("liveness|readiness|startup", match["which"].lower()) if match else []
    path = "/" if match and (match["path"] or "").lower() == "root" else match["path"] if match else ""
    return tuple((f"{word}Probe.path" if path else f"{word}Probe.exists", path or "") for word in words)


def _probe_fact(part: str) -> list[tuple[str, str]]:
    if match := _GET.fullmatch(part):
        port = match["port"] or match["named"]
        return [("path", match["path"]), *([("port", port)] if port else [])]
    if match := _TCP.fullmatch(part):
        return [("type", "tcpSocket"), *([("port", match["port"])] if match["port"] else [])]
    if match := _PERIOD.fullmatch(part):
        return [(_PERIODS[match["key"].lower()], match["number"])]
    if match := _COUNTED.fullmatch(part):
        return [(_PERIODS.get(match["key"].lower(), "failureThreshold"), match["number"])]
    return []
