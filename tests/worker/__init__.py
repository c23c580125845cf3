"""Tests of `aigc_studio.worker`."""
