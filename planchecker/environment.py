"""The environment variables that planchecker listens to; importing this brings nothing heavy."""

CACHE = "PLANCHECKER_CACHE"  # folder for what the models said before, or "off" (matching/memory.py)
THREADS = "PLANCHECKER_THREADS"  # threads of one model; 0 for as many as there are cores (matching/models.py)
