"""What may be stored, told by its content; pictures without traces of where and by whom they were taken."""

from linli.kernel.files.rules.kinds import (
    BANK_FILES,
    EVERY_KIND,
    LARGEST,
    MEBIBYTE,
    PAPERS,
    TABLES,
    FileKind,
    clean_file_name,
    sniff,
)
from linli.kernel.files.rules.pictures import without_traces

__all__ = [
    "BANK_FILES",
    "EVERY_KIND",
    "LARGEST",
    "MEBIBYTE",
    "PAPERS",
    "TABLES",
    "FileKind",
    "clean_file_name",
    "sniff",
    "without_traces",
]
