"""Cut matplotlib's DejaVu Sans down to the letters and signs that figures use.

``python esslib/display/figures/dejavu/make_fonts.py`` writes the fonts beside this file. Without
tables for the typography of many scripts, which matplotlib does not use, a font is embedded in a
PDF in a fraction of the time. Outlines and widths stay those of DejaVu Sans.
"""

from pathlib import Path

from fontTools import subset
from matplotlib import get_data_path

# Latin with its accents, Greek, punctuation, superscripts, currencies, arrows, mathematics
BLOCKS = (
    (0x0020, 0x0250),
    (0x0370, 0x0400),
    (0x2000, 0x20D0),
    (0x2100, 0x2300),
    (0x25A0, 0x2600),
)
STYLES = ("", "-Bold", "-Oblique")
UNUSED = ["GDEF", "GPOS", "GSUB", "FFTM", "MATH"]


def main(folder: Path) -> None:
    """Write one font per style."""
    for style in STYLES:
        options = subset.Options(
            glyph_names=True, hinting=False, legacy_kern=True, recalc_timestamp=False
        )
        options.drop_tables += UNUSED
        source = Path(get_data_path(), "fonts/ttf", f"DejaVuSans{style}.ttf")
        with subset.load_font(str(source), options) as font:
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=[sign for block in BLOCKS for sign in range(*block)])
            subsetter.subset(font)
            for record in font["name"].names:
                text = str(record).replace("DejaVu Sans", "Short DejaVu Sans")
                record.string = text.replace("DejaVuSans", "ShortDejaVuSans")
            font.save(folder / f"ShortDejaVuSans{style}.ttf")


if __name__ == "__main__":
    main(Path(__file__).parent)
