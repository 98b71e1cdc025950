"""What has changed of what the public may see, in order: read by all that follows from it.

The database's own triggers write the rows (disclosure/outbox.py), in the transaction of the change itself.
A follower (the search index, a channel, a cache) remembers the number it has read up to; queries/changes.py.
"""

from __future__ import annotations

from django.db import models

from gongkai.web.disclosure.models.records import Record
from gongkai.web.organs.models import Organ


class PublicChange(models.Model):
    """Something readers may see of a record has changed, or it has come or gone. What: look at the record.

    Numbers follow the order in which changes came to be seen: nothing ever appears below a number once read.
    No foreign key holds the record: a row outlives what it tells of.
    """

    number = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    organ = models.ForeignKey(Organ, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "公开内容的变动"
        verbose_name_plural = "公开内容的变动"
        ordering = ("number",)
        indexes = (models.Index(fields=["organ", "-number"], name="changes_of_organ"),)
