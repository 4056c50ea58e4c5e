"""Emergency plans and drills: scenarios, runs and their clock, incidents, what was learned."""
