"""A synthetic population: people who never lived, in believable households.

Names, ages, households, numbers and addresses are made up; nothing here was taken from anybody.
The same seed makes the same people, ten million as ten thousand, in constant memory.
"""

from motcua.project.population.loading import blocks, load, places

__all__ = ["blocks", "load", "places"]
