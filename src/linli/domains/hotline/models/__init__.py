"""Tables of the hotline."""

from linli.domains.hotline.models.jobs import Introduction
from linli.domains.hotline.models.knowledge import Article, Draft
from linli.domains.hotline.models.survey import Mend, Sampled, Survey

__all__ = ["Article", "Draft", "Introduction", "Mend", "Sampled", "Survey"]
