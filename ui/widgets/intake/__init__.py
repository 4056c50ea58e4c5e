"""Registration of a complaint and its files, as any screen may open them; decides nothing."""
