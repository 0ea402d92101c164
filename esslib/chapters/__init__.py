"""One call per notebook: frames in, named result frames out. Notebooks, batch and tests make the same."""
