"""AIGC Studio: train generative models of your own work and play their latent spaces."""

__version__ = "0.1.0"
