"""Items of lists: labels that name entities, and lines of ``Key: value`` below them."""
