"""From the survey tool's text to tidy answers: codebook, rules of the study, reader, cleaning, description."""
