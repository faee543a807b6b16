"""Reads a data set, judges its columns, splits it once, and says what is to be known of it."""
