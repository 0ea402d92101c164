"""Whatever becomes of an export, the reader gives a tidy frame or one ExportError.

The suite tries the same few hundred mutations each time. `FUZZ_EXAMPLES=20000 pytest
tests/survey/test_export_fuzz.py` tries as many new ones of each kind;
`tests/fuzz/reader.py` is guided by coverage.
"""

import os

import pytest
from catalogue import CODEBOOK, PEOPLE, csv, xlsx
from helpers import answers_of, read_or_refuse, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GOOD = written(answers_of(CODEBOOK, *PEOPLE), CODEBOOK)
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
profile = settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    database=None,
    deadline=60_000 if EXAMPLES else None,
    suppress_health_check=list(HealthCheck),
)

FILES = [
    csv(GOOD),
    csv(GOOD, "utf-16"),
    csv(GOOD, "cp1252", sep=","),
    csv(GOOD, sep="\t", quoting=1),
]
SIGNS = [
    b";",
    b",",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b'"',
    b'""',
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe9",
    b"sep=;",
]
TOKENS = st.sampled_from(SIGNS) | st.binary(min_size=1, max_size=6)
ODD = [
    "",
    "NA",
    "N/A",
    "0",
    "1",
    "X",
    "oui",
    "-1",
    "1e1",
    "inf",
    "nan",
    "41 ans",
    "é",
    "\u200b",
    "=1+1",
]
TEXTS = (
    st.sampled_from([*ODD, *CODEBOOK.levels["label_fr"], *CODEBOOK.variables["label_fr"]])
    | st.text(max_size=40)
    | st.integers().map(str)
    | st.floats().map(str)
)


@st.composite
def spoiled_bytes(draw):
    """A good file with a few pieces put in, cut out or doubled."""
    data = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 200)))
        piece = draw(TOKENS | st.just(b"") | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


@st.composite
def spoiled_cells(draw):
    """A good table with other texts in a few cells, headings among them."""
    frame = GOOD.copy()
    for _ in range(draw(st.integers(1, 6))):
        frame.iloc[draw(st.integers(0, 3)), draw(st.integers(0, frame.shape[1] - 1))] = draw(TEXTS)
    if draw(st.booleans()):
        at = draw(st.integers(0, frame.shape[1] - 1))
        text = draw(TEXTS)
        frame.columns = [text if i == at else old for i, old in enumerate(frame.columns)]
    return frame


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz") / "export"


@profile
@given(data=spoiled_bytes())
def test_spoiled_bytes(path, data):
    path.write_bytes(data)
    read_or_refuse(path, CODEBOOK)


@profile
@given(data=st.binary(max_size=300))
def test_any_bytes(path, data):
    path.write_bytes(data)
    assert read_or_refuse(path, CODEBOOK)


@profile
@given(frame=spoiled_cells(), sep=st.sampled_from(";,\t"))
def test_spoiled_cells(path, frame, sep):
    path.write_bytes(csv(frame, "utf-8", sep=sep, errors="replace"))
    read_or_refuse(path, CODEBOOK)


@profile
@given(frame=spoiled_cells(), cut=st.none() | st.integers(0, 12_000), piece=TOKENS)
def test_spoiled_workbooks(path, frame, cut, piece):
    legal = frame.map(lambda t: "".join(c for c in t if c.isprintable()) if t else t)
    data = xlsx(legal.rename(columns=lambda t: "".join(c for c in t if c.isprintable())))
    path.write_bytes(data if cut is None else data[:cut] + piece + data[cut + len(piece) :])
    read_or_refuse(path, CODEBOOK)
