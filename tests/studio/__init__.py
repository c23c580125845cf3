"""The window without widgets, its worker process a fake that paints what it is told."""
