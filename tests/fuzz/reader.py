"""Coverage-guided fuzzing of the export reader, with atheris: Linux on x86-64 only.

``python tests/fuzz/reader.py csv -max_total_time=600`` and the same with ``xlsx``; what follows
goes to libFuzzer. Whatever the bytes, the reader gives a table that `clean` takes or raises
ExportError; any other exception, 30 seconds or 3 GB for one input is a finding, kept as ``crash-…``
in the working folder. Mend it, then add its input to `tests/catalogue.py`.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
with atheris.instrument_imports(
    include=["esslib.survey.export", "esslib.survey.cleaning", "openpyxl"]
):
    from helpers import answers_of, read_or_refuse, written

    from esslib.paths import resolve
    from esslib.survey.codebook import read_codebook

OPTIONS = [
    "-timeout=30",
    "-rss_limit_mb=3000",
    "-max_len=20000",
    "-len_control=0",
    "-print_final_stats=1",
]
CODEBOOK = read_codebook(resolve("data/codebook"))
GOOD = written(answers_of(CODEBOOK, {}, {"age_years": "67", "ess_q03": None}), CODEBOOK)
SIGNS = [
    "\ufeff",
    "\0",
    '"',
    '""',
    "\r",
    "\n",
    ";",
    ",",
    "\t",
    "|",
    "sep=;\n",
    "é",
    "1",
    "X",
    "N/A",
]


def workbook() -> dict[str, bytes]:
    """The parts of the good export as a workbook."""
    stream = io.BytesIO()
    GOOD.to_excel(stream, index=False)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = workbook()


def packed(data: bytes) -> bytes:
    """A workbook in which one part, named by the first byte, is what follows that byte."""
    if not data or data[0] >= len(PARTS):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, content) in enumerate(PARTS.items()):
            archive.writestr(name, data[1:] if number == data[0] else content)
    return stream.getvalue()


def seeds(kind: str) -> list[bytes]:
    """Good inputs to start from."""
    if kind == "csv":
        return [
            GOOD.to_csv(index=False, sep=sep).encode(encoding)
            for sep, encoding in [(";", "utf-8"), (",", "utf-16"), ("\t", "cp1252")]
        ]
    return [bytes([number]) + content for number, content in enumerate(PARTS.values())]


def words() -> list[str]:
    """What an export is made of: libFuzzer puts these together."""
    levels = CODEBOOK.levels["label_fr"].unique().tolist()
    return [*SIGNS, *GOOD.columns, *levels, "<row>", '<c r="A1" t="s">', "<f>", "<v>", "<!DOCTYPE"]


def main() -> None:
    """Fuzz one kind of file."""
    kind, *options = sys.argv[1:]
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    path = folder / "export"
    (folder / "corpus").mkdir()
    for number, data in enumerate(seeds(kind)):
        (folder / "corpus" / str(number)).write_bytes(data)
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words())
    (folder / "words").write_text("".join(f'"{word}"\n' for word in quoted))

    def one(data: bytes) -> None:
        path.write_bytes(packed(data) if kind == "xlsx" else data)
        read_or_refuse(path, CODEBOOK)

    own = [f"-dict={folder / 'words'}", *OPTIONS, *options, str(folder / "corpus")]
    atheris.Setup([sys.argv[0], *own], one)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
