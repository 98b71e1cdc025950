"""The only doors through which reports, consultations, opinions and responses change."""
