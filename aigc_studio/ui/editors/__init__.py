"""What documents are worked on in."""
