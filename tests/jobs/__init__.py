"""Tests of `aigc_studio.jobs`."""
