"""The demo country: people who never lived, officers, and dossiers driven through the engine."""
