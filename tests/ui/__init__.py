"""The window with real widgets, off screen."""
