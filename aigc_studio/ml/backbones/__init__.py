"""Networks that several families are built of."""
