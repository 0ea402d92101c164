"""From frames to what people see: words, tables, figures, pages. Nothing is computed here."""
