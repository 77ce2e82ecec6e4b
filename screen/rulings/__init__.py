"""One ruling for a finding and a purpose: a file for faces, one for writing, one for all else."""
