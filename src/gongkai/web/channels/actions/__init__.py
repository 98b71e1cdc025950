"""The only door through which anything of channels changes: by people (channels, choosing, deciding), by the
followers of the outbox (planning, sending)."""
