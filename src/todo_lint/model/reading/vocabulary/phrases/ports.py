"""Ports and types of Services, addresses, and what an Ingress sends to."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import last_remark, plain, with_arrows
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, bare_text, chosen, single
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern

_SERVICE_TYPES = ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")


def headless(text: str) -> Facts:
    """``headless``: a Service without an address of its own."""
    return ((Attribute.CLUSTER_IP, "None"),) if re.fullmatch(r"headless(?: service)?", bare_text(text), re.I) else ()


def cluster_ip(text: str) -> Facts:
    """``None``, which makes a Service headless, or an address; here the word says something."""
    bare = bare_text(text)
    if bare.lower() == "none" or headless(bare):
        return ((Attribute.CLUSTER_IP, "None"),)
    return ((Attribute.CLUSTER_IP, bare),) if re.fullmatch(r"\d+(?:\.\d+){3}", bare) else ()


def is_headless(text: str) -> Facts:
    """``yes`` behind the key *Headless*."""
    return ((Attribute.CLUSTER_IP, "None"),) if bare_text(text).lower() in ("yes", "true") else ()


_one_type = chosen(Attribute.TYPE, *_SERVICE_TYPES)


def service_type(text: str) -> Facts:
    """``ClusterIP``, ``NodePort service``, ``ClusterIP (headless)``."""
    remark = last_remark(text)
    return (*_one_type(text), *(headless(remark[1]) if remark else ())) if _one_type(text) else ()


container_port = single(Attribute.CONTAINER_PORT, r"\d{1,5}")
target_port = single(Attribute.TARGET_PORT, r"\d{1,5}|[a-z][-a-z0-9]{0,14}")
node_port = single(Attribute.NODE_PORT, r"\d{1,5}")


def ports_of_container(text: str) -> Facts:
    """``3000``, ``8000 (HTTP)``, ``3000/TCP``, ``8080, 9090``."""
    parts = [bare_text(part) for part in re.split(r"\s*(?:,|\band\b)\s*", text)]
    matches = [
        re.fullmatch(r"(?:[A-Za-z][\w-]*[:\s]\s*)?(\d{1,5})(?:/(?:TCP|UDP))?(?: \w+)?", part, re.I) for part in parts
    ]
    return tuple((Attribute.CONTAINER_PORT, match[1]) for match in matches if match) if all(matches) else ()


_PORT = (
    r"(?:[A-Za-z][\w-]*:?\s+)?(\d{1,5}|[a-z][-a-z0-9]{0,14})(?:/(?:TCP|UDP))?\s*(?:\(\s*([A-Za-z][\w /.-]*?)\s*\)|"
    r"(target|container|node|service|external|internal))?"
)
_PORTS = pattern(rf"{_PORT}(?:\s*(,|/|:|->|\bto\b)\s*{_PORT})?(?:\s*(,|/|:|->|\bto\b)\s*{_PORT})?", re.IGNORECASE)


def service_ports(text: str) -> Facts:
    """``8000``; ``80 (external), 3000 (target)``; ``80 -> 3000``; ``80:3000``; ``80, 443``."""
    match = _PORTS.fullmatch(with_arrows(plain(text)).strip())
    if not match or not match[1].isdecimal():
        return ()
    found = [(match[1], (match[2] or match[3] or ""), "")]
    found += [(match[at + 1], match[at + 2] or match[at + 3] or "", match[at]) for at in (4, 8) if match[at]]
    facts = [(_port_attribute(remark, joint), number) for number, remark, joint in found]
    if not all(number.isdecimal() or attribute == Attribute.TARGET_PORT for attribute, number in facts):
        return ()
    remarks = {word for _, remark, _ in found for word in remark.lower().split()}
    listed = all(joint in ("", ",") for *_, joint in found) and not remarks & _SIDES
    plain_list = all(attribute == Attribute.PORT for attribute, _ in facts) and (not remarks or listed)
    return tuple(facts) if plain_list or len({attribute for attribute, _ in facts}) == len(facts) else ()


_SIDES = frozenset(("external", "internal", "inside", "outside", "service", "cluster", "host", "public", "local"))
"""What a remark has that says on which side of a Service a port is; any other says what is served there."""


def _port_attribute(remark: str, joint: str) -> Attribute:
    words = remark.lower().split()
    if any(word in ("target", "targetport", "container", "pod", "pods", "app", "application") for word in words):
        return Attribute.TARGET_PORT
    if any(word in ("node", "nodeport") for word in words):
        return Attribute.NODE_PORT
    inside = not words or words == ["internal"]
    return Attribute.TARGET_PORT if joint not in ("", ",") and inside else Attribute.PORT


_LOCAL = pattern(r"(?:https?://)?localhost\b")
_OF_NODE = pattern(
    r"(?:https?://)?(?:\d{1,3}(?:\.\d{1,3}){3}|localhost|[<{$(\[]+[\w -]*(?:ip|node|host|address)[\w -]*[>})\]]+):"
    r"(?P<port>3[0-2]\d{3})(?:/\S*)?",
    re.IGNORECASE,
)
_LAST_NODE_PORT = 32767


def node_address(text: str) -> Facts:
    """``http://192.168.49.2:30080``, ``<node-ip>:30080``: the port at which nodes open a Service.

    The range of such ports: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
    """
    if "forward" in text:
        return ()
    match = _OF_NODE.fullmatch(bare_text(with_arrows(text).rpartition(" -> ")[2]))
    return ((Attribute.NODE_PORT, match["port"]),) if match and int(match["port"]) <= _LAST_NODE_PORT else ()


def address(text: str) -> Facts:
    """``http://api:8000``, ``api.shop.svc.cluster.local:8000``: the port, and the namespace, of a Service."""
    match = re.fullmatch(
        r"(?:https?://)?[a-z][-a-z0-9]*(?:\.([a-z][-a-z0-9]*)\.svc(?:\.[a-z.]+)?)?(?::(\d{1,5}))?/?", bare_text(text)
    )
    if not match or not (match[1] or match[2]) or _LOCAL.match(bare_text(text)):
        return ()
    port = ((Attribute.PORT, match[2]),) if match[2] else ()
    return (*port, *(((Attribute.NAMESPACE, match[1]),) if match[1] else ()))


def backend(text: str) -> Facts:
    """``web-service:80``, ``-> web:3000``: the Service, and its port, to which an Ingress sends."""
    match = re.fullmatch(
        r"(?:-> )?([a-z][-a-z0-9]*)(?:(?::| port )(\d{1,5}|[a-z][-a-z0-9]*))?", with_arrows(bare_text(text)).strip()
    )
    if not match:
        return ()
    return ((Attribute.BACKEND_SERVICE, match[1]), *(((Attribute.BACKEND_PORT, match[2]),) if match[2] else ()))
