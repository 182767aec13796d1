"""The words by which documents and charts call the parts of a system."""

from __future__ import annotations

ROLES = frozenset((
    "backend", "frontend", "database", "api", "web", "worker", "mcp", "postgres", "postgresql", "redis", "db", "ui",
    "server", "client", "gateway", "cache", "auth", "admin", "scheduler", "proxy", "mongodb", "mysql", "chatbot",
))  # fmt: skip
"""Words that say whose a Deployment or a Service is."""

__all__ = ["ROLES"]
