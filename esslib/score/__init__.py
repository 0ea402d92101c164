"""From tidy answers to scores, and what the items are worth as a scale."""
