"""Parts of the place Library."""
