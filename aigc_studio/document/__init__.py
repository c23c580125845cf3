"""The project: plain data, edits with inverses, and the bundle that keeps them safe."""
