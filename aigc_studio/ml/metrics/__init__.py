"""Figures of merit: pictures, distributions, copies and latents, each with its terms stated."""
