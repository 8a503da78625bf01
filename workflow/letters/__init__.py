"""Letters: wording that an authority edits, one semantic document, and the forms it is sent in."""
