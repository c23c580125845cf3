"""The command line: one module per noun; the same specs and the same worker as the window.

Every command returns a `Report`; `entry` alone prints, so that `--json` is one document on
stdout whatever happens, and everything else goes to stderr.
"""
