"""What people do with a book: one module for each act, with its permission, its checks, its transaction and its line in the log."""

from taizhang.ledger.database import prepare

prepare()
