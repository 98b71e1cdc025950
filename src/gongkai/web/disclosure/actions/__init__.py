"""The only door through which anything of proactive disclosure changes.

Every action takes keyword arguments, begins with `by`, who acts; locks what it changes; asks permission and
law; writes; and enters one or more entries in the log, in one transaction. What is refused raises `WorkError`
and changes nothing.
"""
