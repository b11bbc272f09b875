"""Tests in a real browser. A package, so that its one browser ends with its last test."""
