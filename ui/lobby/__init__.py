"""The lobby manager's console: one window, one file a panel; other screens are not known here."""
