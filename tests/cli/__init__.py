"""Tests of `aigc_studio.cli`."""
