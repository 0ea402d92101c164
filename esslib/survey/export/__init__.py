"""Reading a survey tool's export: any usual file, recognised, decoded and validated.

`read_export` gives text under the codebook's names, `decode` turns answers into level codes,
`validate` checks every cell and reports all problems in one error.
"""

from esslib.survey.export.answers import decode
from esslib.survey.export.errors import ExportError
from esslib.survey.export.opening import Export, read_export
from esslib.survey.export.validation import validate

__all__ = ["Export", "ExportError", "decode", "read_export", "validate"]
