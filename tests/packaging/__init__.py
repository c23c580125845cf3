"""Tests of what stands in `packaging`."""
