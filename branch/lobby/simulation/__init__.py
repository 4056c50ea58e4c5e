"""The lobby on a simulated clock: one picture of it, and the engine that lets it run."""
