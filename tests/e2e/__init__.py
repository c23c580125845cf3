"""The command line with the real worker, from files to files."""
