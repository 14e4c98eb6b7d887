"""The Estonian data tracker's protocol: who used a person's data, for its clients."""
