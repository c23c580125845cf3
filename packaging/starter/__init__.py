"""How the starter project is made: its pictures, and a recipe for each of its models."""
