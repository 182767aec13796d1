"""What the predicate of a sentence says of a resource: ``is of type NodePort and listens on port 80``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.text import plain, with_arrows
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.values.summaries import Summary, read_summary
from todo_lint.model.reading.vocabulary import phrases
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Prefix
from todo_lint.patterns import pattern

Facts = tuple[Fact, ...]
_MOST_ATOMS = 30
_WIDEST = 5
"""How many atoms of a predicate make one part at the most: ``requests 300m CPU`` *and* ``512Mi memory``."""

_CODE_SAFE = r"(?=(?:[^`]*`[^`]*`)*[^`]*$)"
_SEPARATORS = pattern(
    rf"(?:\s*[,;]\s*(?:(?:and|also|but|both|each)\s+)*|\s+(?:and|with|that|which|whose|plus|using)\s+(?:also\s+)?)(?![^()]*\)){_CODE_SAFE}"
)
_LEAD = pattern(
    r"(?:must|shall|will|starts? with|starting (?:at|with)|"
    r"is|are|be|remains?|stays?|has|have|gets?|runs?|use[sd]?|with|also|always|an?|the|its|only|exactly|that|which|whose|both|each|"
    r"and|of|by default|deployed|second|single)\s+",
    re.IGNORECASE,
)
_TAIL = pattern(r"\s+by default$|\s+each$|(?<=`) only$", re.IGNORECASE)


def read_claims(kind: str, text: str) -> Summary:
    """The facts of a predicate about a resource of a kind, and those of its parts that state nothing.

    Parts are as long as can be understood as a whole. An attribute that gets two values is none of them.
    """
    spans = list(_atoms(text))[:_MOST_ATOMS]
    facts: list[Fact] = []
    unread: list[str] = []
    at = 0
    while at < len(spans):
        for end in range(min(len(spans), at + _WIDEST), at, -1):
            part = text[spans[at][0] : spans[end - 1][1]].strip(" .,;:")
            if found := _claim(kind, part):
                facts += found
                at = end
                break
        else:
            unread.append(text[slice(*spans[at])].strip(" .,;:"))
            at += 1
    single = {fact.attribute: fact.value for fact in facts if fact.attribute not in _SEVERAL}
    if any(single.get(fact.attribute, fact.value) != fact.value for fact in facts):
        return Summary((), (text,))
    return Summary(tuple(dict.fromkeys(facts)), tuple(part for part in unread if part))


_SEVERAL = (Attribute.PORT, Attribute.CONTAINER_PORT, Attribute.TARGET_PORT)


def _atoms(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SEPARATORS.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    yield start, len(text)


@lru_cache(maxsize=2048)
def _claim(kind: str, part: str) -> Facts:
    """The facts of a part, with the words in front that add nothing taken off one by one."""
    if len(part) > _LONGEST or not _TELLING.search(part):
        return ()
    text = _TAIL.sub("", _SINGLE.sub("1", part))
    while text:
        if facts := _stated(kind, text):
            return facts
        lead = _LEAD.match(text)
        if lead is None:
            return ()
        text = text[lead.end() :]
    return ()


_LONGEST = 160
_TELLING = pattern(
    r"[\d`]|ClusterIP|NodePort|LoadBalancer|ExternalName|headless|Always|IfNotPresent|Never|Rolling|Recreate|ReadWrite|"
    r"ReadOnly|RW[OX]|Opaque|\b(?:one|two|three|four|five|single|root|capabilities|escalation|tls|named|called|true|"
    r"false|enabled|disabled|host|class|schedule|selector|labels?|account|data|keys?)\b",
    re.IGNORECASE,
)
"""What a part has that states anything; of all others no reader is asked."""
_SINGLE = pattern(r"\b(?:a single|single|just one)(?= (?:replica|instance)\b)", re.IGNORECASE)


def _stated(kind: str, text: str) -> Facts:
    for read in _OWN.get(kind, ()):
        if facts := read(text):
            return facts
    if facts := _assigned(kind, text) or _assigned(kind, _OF_VALUE.sub(": ", text, 1)):
        return facts
    summary = read_summary(kind, text)
    return () if summary.unread else summary.facts


_OF_VALUE = pattern(r"\s+(?:of|set to)\s+(?=`?\d)")
_KEY_IS = pattern(
    r"`?(?P<key>[A-Za-z][\w .-]{1,40}?)`?(?:'s)?\s*(?:\s(?:is|are|=|equals)(?: set to| always)?|:)\s+(?P<value>\S.*)"
)
_PAIR = pattern(r"`(?P<key>[A-Za-z][\w.-]*)\s*[:=]\s*(?P<value>[^`]+)`")


def _assigned(kind: str, text: str) -> Facts:
    """``image is `web:1```, ```imagePullPolicy: Always```: a key that is known, and a value."""
    match = _PAIR.fullmatch(text) or _KEY_IS.fullmatch(text)
    if not match or is_prose_key(kind, match["key"]) or match["key"].lower() == "name":
        return ()
    if kind in WORKLOADS and (field := phrases.ROLLING.get(match["key"])):
        return (Fact(field, plain(match["value"])),) if re.fullmatch(r"\d+%?", plain(match["value"])) else ()
    phrase = phrase_for(kind, match["key"])
    return read_pair(kind, match["key"], match["value"]).facts if phrase else ()


_SERVED = (
    r"(?:listens?|listening|answers?|serves?|served|exposes?|exposed|reachable|available)"
    r"(?: (?:HTTP|traffic|requests|itself))?(?: (?:only |internally )?(?:on|at))?(?: the)?(?: TCP| HTTP| container)?"
    r"(?: ports?)? `?(?P<port>\d{2,5})`?"
)
_LISTENS = pattern(rf"(?:{_SERVED}|(?:on )?(?:container )?port `?(?P<bare>\d{{2,5}})`?)", re.IGNORECASE)


def _listening(attribute: Attribute) -> Callable[[str], Facts]:
    def read(text: str) -> Facts:
        match = _LISTENS.fullmatch(text)
        return (Fact(attribute, match["port"] or match["bare"]),) if match else ()

    return read


_REPLICAS = pattern(
    r"(?:in |on |at )?(?P<count>\w+) (?:replicas?|instances?)(?: each)?"
    r"(?: of (?:the )?(?:image )?`(?P<image>[^`\s]+)`)?",
    re.IGNORECASE,
)


def _replicas(text: str) -> Facts:
    """``3 replicas``, ``one replica of `web:1```."""
    match = _REPLICAS.fullmatch(text)
    facts = read_value(phrases.replicas, match["count"]).facts if match else ()
    image = _image(match["image"]) if match and match["image"] else ()
    return (*facts, *image) if facts and (image or not match or not match["image"]) else ()


_TAGGED = pattern(r"(?![^/]*:\d{4,5}(?:/|$))[a-z0-9][\w./-]*:[\w][\w.-]*")
_IMAGE = pattern(r"(?:(?:runs?|uses?|from)\s+)?(?:the |an? )?(?:container |docker )?(?:image )?`(?P<image>[^`\s]+)`")


def _image(text: str) -> Facts:
    return (Fact(Attribute.IMAGE, text),) if _TAGGED.fullmatch(text) else ()


def _runs_image(text: str) -> Facts:
    """```web:1``` in code marks, with its tag: anything without one is as well something else."""
    match = _IMAGE.fullmatch(text)
    return _image(match["image"]) if match else ()


_TERSE = pattern(r"(?P<count>\d+)x `?(?P<image>[^`\s]+)`?|:(?P<port>\d{2,5})")


def _terse(text: str) -> Facts:
    """``2x web:1``, ``:3000``, as notes have them."""
    match = _TERSE.fullmatch(text)
    if match and match["port"]:
        return (Fact(Attribute.CONTAINER_PORT, match["port"]),)
    image = _image(match["image"]) if match else ()
    return (Fact(Attribute.REPLICAS, match["count"]), *image) if match and image else ()


_AMOUNTS = pattern(
    r"(?:(?P<requests>requests?|needs|requesting|asks? for)|"
    r"(?P<limits>limited to|limits? (?:is|are|of)|up to|at most))"
    r" (?P<amounts>.*\d.*)",
    re.IGNORECASE,
)


def _amounts(text: str) -> Facts:
    """``requests 300m CPU and 512Mi``, ``is limited to 1Gi of memory``."""
    match = _AMOUNTS.fullmatch(text)
    if not match:
        return ()
    amounts = re.sub(r"\bof (?=memory|cpu)", "", match["amounts"], flags=re.IGNORECASE)
    return read_value(phrases.requests if match["requests"] else phrases.limits, amounts).facts


_USER = pattern(r"(?:as )?(?:the )?(?P<named>non-root )?(?:UID|user(?: ID)?)[ :=]+`?(?P<user>\d+)`?", re.IGNORECASE)
_BOTH = pattern(r"(?:as )?(?:UID ?(?:/|and) ?GID|user(?: ID)? and group(?: ID)?)[ :=]+`?(?P<id>\d+)`?", re.IGNORECASE)
_GROUP = pattern(r"(?:as )?(?:the )?(?:GID|group(?: ID)?)[ :=]+`?(?P<group>\d+)`?", re.IGNORECASE)
_SECURED: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (pattern(words, re.IGNORECASE), Prefix.SECURITY_CONTEXT + field, value)
    for words, field, value in (
        (r"(?:as )?(?:a |the )?non-?root(?: user)?|(?:never|not) as root", "runAsNonRoot", "true"),
        (r"(?:on |with )?(?:a |the )?read-only root file ?system", "readOnlyRootFilesystem", "true"),
        (
            r"all (?:linux )?capabilities dropped|drop(?:s|ped)? all (?:linux )?capabilities",
            "capabilities.drop",
            "ALL",
        ),
        (r"(?:without|no) privilege escalation", "allowPrivilegeEscalation", "false"),
        (
            r"(?:the |a )?seccomp profile (?:is |of )?`?RuntimeDefault`?|`?RuntimeDefault`? seccomp(?: profile)?",
            "seccompProfile.type",
            "RuntimeDefault",
        ),
    )
)


def _security(text: str) -> Facts:
    """``run as the non-root user 1000``, ``a read-only root filesystem``."""
    if match := _USER.fullmatch(text):
        named = (Fact(Prefix.SECURITY_CONTEXT + "runAsNonRoot", "true"),) if match["named"] else ()
        return (*named, Fact(Prefix.SECURITY_CONTEXT + "runAsUser", match["user"]))
    if match := _BOTH.fullmatch(text):
        fields = ("runAsUser", "runAsGroup")
        return tuple(Fact(Prefix.SECURITY_CONTEXT + field, match["id"]) for field in fields)
    if match := _GROUP.fullmatch(text):
        return (Fact(Prefix.SECURITY_CONTEXT + "runAsGroup", match["group"]),)
    return next(((Fact(field, value),) for words, field, value in _SECURED if words.fullmatch(text)), ())


_STRATEGY = pattern(r"(?P<type>RollingUpdate|Recreate)(?: strategy)?|strategy (?P<named>RollingUpdate|Recreate)")


def _strategy(text: str) -> Facts:
    match = _STRATEGY.fullmatch(text.replace("`", ""))
    return (Fact(Attribute.STRATEGY, match["type"] or match["named"]),) if match else ()


_OF_WHOM = r"(?: (?:of|on|in|at) .*)?"
_FORWARDS = pattern(
    r"(?:forwards?|maps?|routes?|sends?|exposes?)(?: (?:traffic|requests))?(?: (?:from|on))?(?: its)?(?: port)? "
    r"`?(?P<port>\d{1,5})`? (?:-> |to )"
    rf"(?:the )?(?:[\w-]+(?:'s)? ){{0,3}}?(?:port )?`?(?P<target>\d{{1,5}})`?{_OF_WHOM}",
    re.IGNORECASE,
)
_TARGETS = pattern(
    r"(?:forwards?|sends?|routes?)(?: (?:traffic|requests|it|them))? to "
    rf"(?:the )?(?:[\w-]+(?:'s)? ){{0,3}}?port `?(?P<target>\d{{1,5}})`?{_OF_WHOM}",
    re.IGNORECASE,
)


def _forwards(text: str) -> Facts:
    """``forwards port 80 to port 3000 of the pods``, ``forwards to port 8000``."""
    text = with_arrows(text)
    if match := _FORWARDS.fullmatch(text):
        return (Fact(Attribute.PORT, match["port"]), Fact(Attribute.TARGET_PORT, match["target"]))
    match = _TARGETS.fullmatch(text)
    return (Fact(Attribute.TARGET_PORT, match["target"]),) if match else ()


_SELECTS = pattern(
    r"selects? (?:the |all )?pods (?:with|by|that have|labell?ed)(?: the)?(?: labels?)? "
    r"`?(?P<labels>[\w./-]+\s*[=:]\s*[\w.-]+)`?",
    re.IGNORECASE,
)


def _selects(text: str) -> Facts:
    """``select pods with the label `app=web```."""
    match = _SELECTS.fullmatch(text)
    return tuple(Fact(attribute, value) for attribute, value in phrases.selector(match["labels"])) if match else ()


_EXPOSED = pattern(r"exposes? .* (?:on|as|through|via) an? (?P<type>NodePort|LoadBalancer|ClusterIP)", re.IGNORECASE)


def _exposed(text: str) -> Facts:
    """``exposes the frontend on a NodePort``."""
    match = _EXPOSED.fullmatch(text)
    return read_value(phrases.service_type, match["type"]).facts if match else ()


_PULLS = pattern(r"pulls? (?:its|their|the) images? (?:with|by|using) `?(?P<policy>\w+)`?", re.IGNORECASE)


def _pulls(text: str) -> Facts:
    """``pull their images with `IfNotPresent```."""
    match = _PULLS.fullmatch(text)
    return read_pair(Kind.DEPLOYMENT, "pull policy", match["policy"]).facts if match else ()


_OF_TYPE = pattern(r"(?:of )?type (.+)", re.IGNORECASE)


def _type(text: str) -> Facts:
    match = _OF_TYPE.fullmatch(text)
    found = match[1] if match else text
    return read_value(phrases.service_type, found).facts if _ONE_TYPE.search(found) else ()


_ONE_TYPE = pattern(r"\b(?:ClusterIP|NodePort|LoadBalancer|ExternalName)\b")


_KEYS = pattern(
    r"(?P<said>(?:under |contains? |holds? |has |have |provides? |stores? )?(?:the |these )?(?:(?:data )?keys?:? )?)"
    r"(?P<keys>`[\w.-]+`(?:(?:,| and|, and) `[\w.-]+`)*)"
)


def _keys(text: str) -> Facts:
    """``under the keys `a`, `b` and `c```."""
    match = _KEYS.fullmatch(text)
    keys = re.findall(r"`([\w.-]+)`", match["keys"]) if match else []
    sure = match is not None and (match["said"].strip() or all("_" in key or key.isupper() for key in keys))
    return tuple(Fact(Prefix.DATA + key, "") for key in keys) if sure else ()


def _opaque(text: str) -> Facts:
    match = _OF_TYPE.fullmatch(text)
    return read_pair(Kind.SECRET, "type", match[1]).facts if match else ()


_VERSIONED = pattern(
    r"(?P<key>(?:chart |app |application )?version|appVersion|apiVersion)`?(?: is|:)? `?v?(?P<value>\d[\w.+-]*)`?",
    re.IGNORECASE,
)
_CALLED = pattern(r"(?:named|called) `?(?P<name>[a-z0-9][a-z0-9-]*)`?")


def _chart(text: str) -> Facts:
    """``is named shop``, ``version 0.1.0``."""
    if match := _CALLED.fullmatch(text):
        return (Fact(Attribute.NAME, match["name"]),)
    match = _VERSIONED.fullmatch(text.strip("`"))
    return read_pair(Kind.CHART, match["key"], match["value"]).facts if match else ()


_PROBE = r"(?:liveness|readiness|startup)"
_PROBED = pattern(
    rf"(?:(?:answers?|serves?|exposes?|has|have|supports?|offers?|uses?|responds? to) )?(?:its |an? |the )?"
    rf"(?P<which>{_PROBE}(?:(?:,| and|, and|/) ?{_PROBE})*) (?:probes?|checks?)(?: requests?)? "
    r"(?:at|on|with|under|via) "
    r"`?(?:GET )?(?P<path>/[\w./-]*)`?(?:,? (?:on|at) (?:the )?port `?(?P<port>\d{2,5})`?)?",
    re.IGNORECASE,
)
_PREFIXES = {"startup": Prefix.STARTUP, "readiness": Prefix.READINESS, "liveness": Prefix.LIVENESS}


def _probed(text: str) -> Facts:
    """``answers liveness and readiness probes at `/health` on port 8000``."""
    match = _PROBED.fullmatch(text)
    if match is None:
        return ()
    fields = [(field, match[field]) for field in ("path", "port") if match[field]]
    kinds = re.findall(_PROBE, match["which"].lower())
    return tuple(Fact(_PREFIXES[which] + field, value) for which in kinds for field, value in fields)


_SCHEDULED = pattern(
    r"(?:runs? |starts? |fires? |scheduled |is scheduled )?(?:at|on|with|for)? ?(?:the |a )?(?:schedule )?(?:is )?"
    r"`(?P<schedule>@[a-z]+|\S+(?: \S+){4})`",
    re.IGNORECASE,
)


def _scheduled(text: str) -> Facts:
    """``runs at `0 6 * * *```."""
    match = _SCHEDULED.fullmatch(text)
    return (Fact(Attribute.SCHEDULE, match["schedule"]),) if match else ()


_OF_WORKLOADS: tuple[Callable[[str], Facts], ...] = (
    *(_replicas, _listening(Attribute.CONTAINER_PORT), _runs_image, _amounts, _security, _strategy, _pulls),
    *(_probed, _terse),
)
_OWN: dict[str, tuple[Callable[[str], Facts], ...]] = {
    **dict.fromkeys(WORKLOADS, _OF_WORKLOADS),
    Kind.SERVICE: (_type, _selects, _forwards, _exposed, _listening(Attribute.PORT)),
    Kind.CONFIG_MAP: (_keys,),
    Kind.SECRET: (_keys, _opaque),
    Kind.CHART: (_chart,),
    Kind.CRON_JOB: (_scheduled, *_OF_WORKLOADS),
}
"""What is understood of a kind in the words of sentences, beside what summaries are."""
