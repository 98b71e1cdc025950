"""Signing in: password and second factor, lock-out, sessions, what is entered in the log of it."""
