"""What who asks may do."""
