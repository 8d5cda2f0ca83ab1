"""The faces: HTTP, web pages and the command line, over the same subject and engines."""
