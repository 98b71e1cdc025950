"""The pages that staff see first. They read; what they lead to does the work."""
