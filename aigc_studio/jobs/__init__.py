"""Jobs: what is asked of a worker, what it answers, and the child process that carries it."""
