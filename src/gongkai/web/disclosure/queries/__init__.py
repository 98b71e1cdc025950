"""Reading: each function says how many queries it asks."""
