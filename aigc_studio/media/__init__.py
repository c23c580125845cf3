"""Pictures, sounds and words as plain values: decode, encode, prepare, finish, film."""
