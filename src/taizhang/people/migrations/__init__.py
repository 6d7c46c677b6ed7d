"""The forms of the tables of people, in order."""
