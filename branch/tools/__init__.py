"""Days and scenarios played through the real commands, never on the branch's store."""
