"""The ground floor: settings, clock, store, migrations, journal, command runner and errors."""
