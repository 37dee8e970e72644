"""What a mention stands for: places, times, actors."""
