"""Channels: where else than on the portal a record is made public, and what came of it (REG.23)."""
