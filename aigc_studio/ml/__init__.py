"""Models: latent maths, families, objectives, the one training loop and metrics (torch)."""
