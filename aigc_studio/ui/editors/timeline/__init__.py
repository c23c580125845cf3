"""The timeline: a ruler, a track for each living layer, keys as diamonds."""
