"""The archive of annual reports: what was published, read into cells, to be shown as tables and charts."""
