"""Forensics on printed numbers: exact checks with a witness or a proof for every verdict."""
