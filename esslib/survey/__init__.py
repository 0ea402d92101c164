"""From the survey tool's text to tidy answers: codebook, rules, reader, cleaning, description."""
