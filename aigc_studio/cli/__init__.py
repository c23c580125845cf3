"""The command line: one module a noun, over the same specs as the window."""
