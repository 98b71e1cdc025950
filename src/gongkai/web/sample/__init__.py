"""The sample installation: an invented district with its organs, people and records (`gongkai sample`).

Everything in it is fictional and says so: its organs are marked `is_fictional`, which the pages show. It goes
into an empty database alone, or into one that holds nothing but fictional organs.

`district`: what there is, as data. `texts`: what records say. `founding`: organs and people. `stories`:
records made step by step through the actions, at the times they would have been. `bulk`: many at once.
"""
