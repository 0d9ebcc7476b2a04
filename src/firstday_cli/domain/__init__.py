"""What it means: records and rules, nothing else."""
