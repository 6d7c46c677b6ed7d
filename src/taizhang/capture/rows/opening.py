"""From a path, standard input or a stream to a sheet that holds it open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TypeVar

from taizhang.capture.load import of_system, open_file
from taizhang.capture.refusals import Refused, input_error, shown
from taizhang.capture.rows.lines import BLOCK_BYTES
from taizhang.capture.rows.reading import temporary
from taizhang.capture.rows.sheet import Sheet

Source = str | Path | BinaryIO
S = TypeVar("S", bound=Sheet)


def opened(source: Source, name: str | None, make: Callable[[BinaryIO, str, ExitStack], S]) -> S:
    """What `make` makes of a stream that can be read twice, its name, and what is to be let go of when the sheet is closed.

    Raises core.InputError where there is no file to be read.
    """
    said = name or (shown(source) if isinstance(source, (str, Path)) else "-")
    held = ExitStack()
    try:
        return make(_stream(source, held), said, held)
    except Refused as refused:
        held.close()
        raise input_error(said, refused) from None
    except OSError as error:
        held.close()
        raise input_error(said, of_system(error)) from None
    except BaseException:
        held.close()
        raise


def _stream(source: Source, held: ExitStack) -> BinaryIO:
    """The source as a stream; a temporary file with its bytes where it cannot be read twice."""
    stream = held.enter_context(open_file(source)) if isinstance(source, (str, Path)) else source
    if stream.seekable():
        return stream
    file = held.enter_context(temporary())
    while block := stream.read(BLOCK_BYTES):
        file.write(block)
    file.seek(0)
    return file
