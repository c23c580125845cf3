"""Ground floor: errors, paths, files, locks, strict JSON and seeds; knows nothing above it."""
