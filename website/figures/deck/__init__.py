"""The deck that is dealt into batches, epoch after epoch."""
