"""How the compendium runs: the graph of notebooks, their execution, the pages made of them."""
