"""The child process: takes specs, calls `ml`, answers messages."""
