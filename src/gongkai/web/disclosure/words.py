"""What people call stages and steps, for the pages of other rooms."""

from gongkai.web.disclosure.next_steps import role_words, stage_words, step_words

__all__ = ["role_words", "stage_words", "step_words"]
