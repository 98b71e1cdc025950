"""Reaching people: who has asked to be told of what, by feed, e-mail or text message."""
