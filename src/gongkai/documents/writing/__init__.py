"""Making files: pages set by Typst, Word documents. What stands in them is the caller's business."""
