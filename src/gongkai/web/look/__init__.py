"""What the portal and the workspace look like: pieces that both are put together from (README.md)."""
