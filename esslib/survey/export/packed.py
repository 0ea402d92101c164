"""The one export in a zip, as some tools send it."""

from __future__ import annotations

import io
import zipfile

from esslib.survey.export.errors import ExportError
from esslib.survey.export.spreadsheet import refuse_bomb

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".sav", ".zsav", ".dta")


def is_archive(data: bytes) -> bool:
    """Tell whether a packed file is a zip of files, and no workbook (or none that can be opened)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return not {"[Content_Types].xml", "content.xml"} & {*names}


def unpack(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the content and the name of the only export in a zip.

    Parameters
    ----------
    data : bytes
        Content of the zip.
    name : str
        Name of the zip, for messages.

    Raises
    ------
    ExportError
        No export in it, several, or one with a password, damaged or beyond the limits.
    """
    refuse_bomb(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = [part for part in archive.namelist() if not part.startswith("__MACOSX/")]
        found = [part for part in inside if part.lower().endswith(ENDINGS)]
        if len(found) != 1:
            raise ExportError(
                f"{name} must hold one export ({', '.join(ENDINGS)}); it holds "
                f"{', '.join(inside[:10]) or 'nothing'}: unpack it and give the path of the export"
            )
        try:
            return archive.read(found[0]), found[0].rsplit("/", 1)[-1]
        except (RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
            raise ExportError(
                f"{name} cannot be unpacked ({error}): unpack it by hand and give the path of "
                "the export"
            ) from None
