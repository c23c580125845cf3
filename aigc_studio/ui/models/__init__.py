"""Parts of the place Models."""
