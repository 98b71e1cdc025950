"""A page for a record: the facts its page at the platform shows, and the body."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page


class RecordPage(Page):  # type: ignore[misc]
    organ_name = models.CharField(max_length=200)
    index_number = models.CharField(max_length=100)
    document_number = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=8, blank=True)
    theme = models.CharField(max_length=4, blank=True)
    made_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    validity = models.CharField(max_length=12, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = RichTextField()

    template = "peer/record.html"

    class Meta:
        app_label = "peer"


class Attachment(Orderable):  # type: ignore[misc]
    page = ParentalKey(RecordPage, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=300)
    size = models.PositiveIntegerField()

    class Meta:
        app_label = "peer"
        ordering = ("sort_order",)
