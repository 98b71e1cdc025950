"""Disclosure on request (REG.27 to REG.45): from the citizen's form to the served reply."""
