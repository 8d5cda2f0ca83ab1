"""The engines: where maps are kept, what their shape says."""
