"""Made-up projects, as large and as mixed as real ones."""
