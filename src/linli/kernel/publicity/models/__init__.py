"""Tables: what the staff keep of notices and objections, and the copies that the public's role may read."""

from linli.kernel.publicity.models.bulletin import Bucket, Inbox, PublishedItem, PublishedNotice
from linli.kernel.publicity.models.notices import Notice, NoticeItem, NoticeProof
from linli.kernel.publicity.models.objections import Objection

__all__ = ["Bucket", "Inbox", "Notice", "NoticeItem", "NoticeProof", "Objection", "PublishedItem", "PublishedNotice"]
