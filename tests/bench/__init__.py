"""Speed and quality that the design promises, each measured in one run: `python -m tests.bench`."""
