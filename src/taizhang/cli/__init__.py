"""The commands: what a person types, sees and gets."""
