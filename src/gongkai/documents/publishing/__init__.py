"""Files that go out with a publication, and Word files that become pages (REG.17: reviewed before published).

`accept` vets an attachment, `look` vets and reads it at once; `hidden_data` tells what it carries unseen;
`cleaned` takes out properties and comments; `page_html` makes a page of a Word file; `clean_html`, `text_of`,
`links_of`, `images_of` serve pages. All raise `DocumentError` and nothing else. Files of strangers are best
handled by `isolated`.
"""

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing.accepting import MAX_ATTACHMENT_BYTES, Accepted, accept
from gongkai.documents.publishing.cleaning import cleaned
from gongkai.documents.publishing.hidden import hidden_data
from gongkai.documents.publishing.hidden_findings import Hidden
from gongkai.documents.publishing.looking import Looked, look
from gongkai.documents.publishing.markup import ImageUse, Link, clean_html, images_of, links_of, text_of
from gongkai.documents.publishing.page import Page, page_html
from gongkai.documents.publishing.page_head import without_head
from gongkai.documents.publishing.page_images import PageImage

__all__ = [
    "MAX_ATTACHMENT_BYTES",
    "Accepted",
    "DocumentError",
    "Hidden",
    "ImageUse",
    "Link",
    "Looked",
    "Page",
    "PageImage",
    "accept",
    "clean_html",
    "cleaned",
    "hidden_data",
    "images_of",
    "links_of",
    "look",
    "page_html",
    "text_of",
    "without_head",
]
