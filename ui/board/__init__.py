"""The wall display: which number is called where, and how many wait; shows numbers, no names."""
