"""The dock, the canvas and the timeline, with a worker that paints what it is told."""
