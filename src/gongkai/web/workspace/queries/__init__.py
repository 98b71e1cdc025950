"""Reading for the pages that staff see first; each says how many queries it asks."""
