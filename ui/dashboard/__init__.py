"""The manager's window: how the branch kept its promises, its rule and its targets."""
