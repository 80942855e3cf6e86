"""Values as JSON strings for users: `serialize_value`, `deserialize_value`, and the classes that they know."""
