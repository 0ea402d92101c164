"""Many cohorts in one run: one folder of results each, and a page that compares them.

>>> # python -m esslib.batch cohorts.csv

A row of ``cohorts.csv`` is a cohort: `label`, `export`, and any parameter of the notebooks. Dask
spreads the cohorts over the cores of this machine, or over a cluster (``--scheduler tcp://...``).
Every worker of a cluster needs this checkout, the exports and the output folder under the same
paths (a shared file system), and one thread per process.
"""
