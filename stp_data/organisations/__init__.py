"""Member organisations: NHS bodies, councils and others, and who lists them where."""
