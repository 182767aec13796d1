"""Markdown and HTML become blocks, each with its lines."""
