"""The one list of model families, and the plain values that describe models and results."""
