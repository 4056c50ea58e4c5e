"""Printed forms on screen: editor, preview, issue, print, delivery; decides nothing."""
