"""Pages of the settings: form, action, message, redirect."""
