"""Payment files to the bank and return files from it, in the layout that the bank asks for."""

from linli.gateways.bank.files import read_batch, read_return, write_batch, write_return
from linli.gateways.bank.folder import Bank, BankFile, FakeBank, FolderBank
from linli.gateways.bank.layout import BadLayout, Layout, layouts, read_layout
from linli.gateways.bank.records import Batch, Payment, Result, Return
from linli.gateways.faults import BadFile

__all__ = [
    "BadFile",
    "BadLayout",
    "Bank",
    "BankFile",
    "Batch",
    "FakeBank",
    "FolderBank",
    "Layout",
    "Payment",
    "Result",
    "Return",
    "layouts",
    "read_batch",
    "read_layout",
    "read_return",
    "write_batch",
    "write_return",
]
