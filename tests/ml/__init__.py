"""Tests of `aigc_studio.ml`."""
