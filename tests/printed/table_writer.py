"""Write rows of text as each kind of file that holds a printed table."""

import csv
import html
import io

import docx
import openpyxl

KINDS = ("csv", "semicolon", "tab", "western", "xlsx", "docx", "html", "pasted", "aligned", "bars")


def write(folder, kind, rows, *, caption="", note=""):
    """Write a table; returns the path, and how many rows of the file stand above it."""
    suffix = {"xlsx": "xlsx", "docx": "docx", "html": "html"}.get(kind)
    text = {"pasted": "txt", "aligned": "txt", "bars": "txt", "tab": "tsv"}.get(kind, "csv")
    path = folder / f"table.{suffix or text}"
    above = int(bool(caption) and kind in ("csv", "semicolon", "tab", "western", "xlsx"))
    WRITERS.get(kind, _delimited)(path, kind, rows, caption, note)
    return path, above


def _delimited(path, kind, rows, caption, note):
    sign = {"csv": ",", "tab": "\t"}.get(kind, ";")
    file = io.StringIO()
    writer = csv.writer(file, delimiter=sign, lineterminator="\n")
    writer.writerows([[caption]] * bool(caption) + rows)
    encoding = "cp1252" if kind == "western" else "utf-8"
    text = file.getvalue()
    known = text.replace("\u202f", "\u00a0").replace("−", "-").replace("≥", ">").replace("≤", "<=")
    path.write_bytes((known if kind == "western" else text).encode(encoding))


def _workbook(path, kind, rows, caption, note):
    book = openpyxl.Workbook()
    for row in [[caption]] * bool(caption) + rows:
        book.active.append(row)
    book.save(path)


def _document(path, kind, rows, caption, note):
    document = docx.Document()
    document.add_paragraph("The table follows.")
    document.add_paragraph(caption)
    table = document.add_table(len(rows), len(rows[0]))
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(note)
    document.save(path)


def _page(path, kind, rows, caption, note):
    lines = []
    for y, row in enumerate(rows):
        tag = "td" if y else "th"
        cells = (html.escape(text).replace("  ", "&nbsp;&nbsp;") for text in row)
        lines.append("<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in cells) + "</tr>")
    titled = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    path.write_text(f"<html><table>{titled}{''.join(lines)}</table></html>", encoding="utf-8")


def _pasted(path, kind, rows, caption, note):
    widths = [max(len(row[x]) for row in rows) for x in range(len(rows[0]))]
    if kind == "aligned":
        lines = ["  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)) for row in rows]
    elif kind == "bars":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * len(rows[0]))
    else:
        lines = ["\t".join(row) for row in rows]
    parts = [caption, *(line.rstrip(" ") for line in lines), note]
    path.write_text("\n".join(part for part in parts if part), encoding="utf-8")


WRITERS = {
    "xlsx": _workbook,
    "docx": _document,
    "html": _page,
    "pasted": _pasted,
    "aligned": _pasted,
    "bars": _pasted,
}
