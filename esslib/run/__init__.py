"""How the compendium runs: the graph of notebooks, their execution, and the pages made from them."""
