"""The staff's pages on which records are worked: form, action, message, redirect."""
