"""Owns the forms, one module each; a form lays out values it is given and looks nothing up."""
