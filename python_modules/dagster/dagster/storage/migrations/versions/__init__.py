"""The migrations, one module each, numbered as the schema that they lead to."""
