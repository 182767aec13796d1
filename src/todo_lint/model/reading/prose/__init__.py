"""Sentences and paragraphs: what they state, and what in them is not understood."""
