"""Tables of complaints and petitions, and what the public's role may read and send."""

from linli.domains.complaints.models.bulletin import Letter, PublicAnswer
from linli.domains.complaints.models.petitions import Answer, Petition, Remedy

__all__ = ["Answer", "Letter", "Petition", "PublicAnswer", "Remedy"]
