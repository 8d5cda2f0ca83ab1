"""The subject: what a map is made of, and the rules it keeps. Imports no other folder."""
