"""The peer of the platform's pages: Django's own admin, plain, over the same rows on the same server."""
