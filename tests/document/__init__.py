"""Tests of `aigc_studio.document`."""
