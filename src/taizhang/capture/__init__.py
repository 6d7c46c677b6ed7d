"""Files to text: .txt (UTF-8, UTF-16 by its mark, GB18030), .docx, .pdf with a text layer, and standard input.

`load` gives the text of one input or raises `core.InputError` with one clear line; `expand` turns files and
folders into the list of inputs. Nothing of docx or PDF is imported until such a file is read.
"""

from taizhang.capture.folder import SUFFIXES, Selection, expand
from taizhang.capture.load import load
from taizhang.capture.source import MAX_FILE_BYTES, MAX_TEXT_BYTES, Kind, Source

__all__ = ["MAX_FILE_BYTES", "MAX_TEXT_BYTES", "SUFFIXES", "Kind", "Selection", "Source", "expand", "load"]
