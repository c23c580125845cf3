"""One walk through each place by keys alone: what cannot be reached or done is a defect."""
