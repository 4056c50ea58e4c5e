"""The drill desk: emergency drills and inspections."""
