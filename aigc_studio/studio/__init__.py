"""The window's heart without widgets: session, player, instrument, training desk, settings."""
