"""The benchmarks: ratios to a floor measured in the same run (README.md)."""

FLOOR = "/benchmark/floor"
