"""Opening, cleaning, equipment, fire and service checks: templates, sheets, findings, equipment."""
