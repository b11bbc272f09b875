"""Deployment: files linted and validated, and two replicas behind the very nginx template."""
