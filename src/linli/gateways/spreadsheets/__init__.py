"""Tables in and out: .xlsx of Excel, WPS and LibreOffice, and .csv."""

from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets.limits import Limits
from linli.gateways.spreadsheets.reading import open_table
from linli.gateways.spreadsheets.returning import Rejects, mark_rejects
from linli.gateways.spreadsheets.table import Cell, Kind, Row, Table
from linli.gateways.spreadsheets.template import TemplateColumn, template
from linli.gateways.spreadsheets.writing import Header, Sheet, table_bytes, write_csv, write_table

__all__ = [
    "BadFile",
    "Cell",
    "Header",
    "Kind",
    "Limits",
    "Rejects",
    "Row",
    "Sheet",
    "Table",
    "TemplateColumn",
    "mark_rejects",
    "open_table",
    "table_bytes",
    "template",
    "write_csv",
    "write_table",
]
