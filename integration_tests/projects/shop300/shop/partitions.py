"""How tables are divided."""

import dagster as dg

DAYS = dg.DailyPartitionsDefinition(start_date="2025-01-01", timezone="Europe/Vienna")
COUNTRIES = dg.StaticPartitionsDefinition(["at", "ch", "cz", "de", "it", "pl", "sk"])
SUPPLIERS = dg.DynamicPartitionsDefinition(name="suppliers")
