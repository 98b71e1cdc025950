"""The peer of a record's page: a Wagtail page of the same facts and the same body, on the same server.

As Wagtail's own project template makes a site, with DEBUG off, templates kept, and the platform's settings of
SQLite. Every public record is a page of its own below one of the four columns of the menu; texts and
attachments are those of the platform's database (`load.py`). The page shows no menu: the usual one
(`root_page.get_children().in_menu()`) looks through all descendants and would cost it ten milliseconds more
at 100,000 pages.
"""
