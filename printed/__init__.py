"""The audit of printed numbers: what no data can print, and why. Knows nothing of `esslib`."""
