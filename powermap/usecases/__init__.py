"""What can be asked of maps: one file per family of requests."""
