"""The tables of a book, as Django knows them."""

from taizhang.ledger.models.book import Book, Checkpoint, PackVersion, Submission
from taizhang.ledger.models.journal import Balance, Entry, Frozen, Loan, Movement, Node, Record, RecordKey, Struck, Taken, Waiting
from taizhang.ledger.models.places import Place, PlaceCode

__all__ = [
    "Balance",
    "Book",
    "Checkpoint",
    "Entry",
    "Frozen",
    "Loan",
    "Movement",
    "Node",
    "PackVersion",
    "Place",
    "PlaceCode",
    "Record",
    "RecordKey",
    "Struck",
    "Submission",
    "Taken",
    "Waiting",
]
