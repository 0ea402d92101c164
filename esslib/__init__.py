"""Library of the e-SS compendium: how securely health professionals exchange patient data."""

__version__ = "0.1.0"
