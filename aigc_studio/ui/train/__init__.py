"""Parts of the place Train."""
