"""Reading. Each function says how many queries it makes."""
