"""Printed documents: official documents (公文), forms and letters, as .docx and PDF."""

from linli.gateways.documents.glyphs import NoFont, missing_glyphs
from linli.gateways.documents.model import (
    Block,
    Column,
    Document,
    Form,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Paragraph,
    Span,
    Table,
    numbered,
    text_of,
)
from linli.gateways.documents.pdf import form_pdf, official_pdf
from linli.gateways.documents.word import form_docx, official_docx
from linli.gateways.documents.wordparts import Faces

__all__ = [
    "Block",
    "Column",
    "Document",
    "Faces",
    "Form",
    "Grid",
    "GridCell",
    "GridRow",
    "Heading",
    "NoFont",
    "Paragraph",
    "Span",
    "Table",
    "form_docx",
    "form_pdf",
    "missing_glyphs",
    "numbered",
    "official_docx",
    "official_pdf",
    "text_of",
]
