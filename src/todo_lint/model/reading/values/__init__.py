"""A key and a value, or words that hold one, become facts."""
