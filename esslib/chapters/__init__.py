"""One call per notebook, the batch and the tests: frames in, named result frames out."""
