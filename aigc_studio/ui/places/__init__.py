"""What fills the window below its tabs: one module a place."""
