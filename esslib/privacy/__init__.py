"""What of a real cohort may be shown, shared or committed."""
