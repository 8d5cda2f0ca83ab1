"""The formats: one file each, from a file to records and back."""
