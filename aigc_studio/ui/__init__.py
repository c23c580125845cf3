"""The window: widgets that bind to the objects of `studio` and hold no state of their own."""
