"""The keys that documents use, and how their values are read."""
