"""The only door through which a request changes."""
