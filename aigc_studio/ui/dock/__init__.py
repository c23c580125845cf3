"""The dock: the instrument that plays a model."""
