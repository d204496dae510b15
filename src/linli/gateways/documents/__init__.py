"""Official documents (公文) as .docx and PDF."""

from linli.gateways.documents.glyphs import NoFont, missing_glyphs
from linli.gateways.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Span,
    Table,
    numbered,
    text_of,
)
from linli.gateways.documents.pdf import official_pdf
from linli.gateways.documents.word import official_docx
from linli.gateways.documents.wordparts import Faces

__all__ = [
    "Block",
    "Column",
    "Document",
    "Faces",
    "Heading",
    "NoFont",
    "Paragraph",
    "Span",
    "Table",
    "missing_glyphs",
    "numbered",
    "official_docx",
    "official_pdf",
    "text_of",
]
