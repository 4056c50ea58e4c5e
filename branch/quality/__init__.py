"""Corrective actions shared by complaints, drills, inspections and evaluation."""
