"""Tests of `aigc_studio.catalog`."""
