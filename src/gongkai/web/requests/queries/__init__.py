"""Reading requests, each with a stated query count."""
