"""Old bundles that every later version must open; never edited."""
