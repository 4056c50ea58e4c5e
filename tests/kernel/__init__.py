"""Tests of the kernel: journal, runner, store, migrations, settings, clock."""
