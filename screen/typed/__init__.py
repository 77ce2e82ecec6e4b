"""Text that people typed: names of files and folders, captions, hidden captions; read letter by letter."""
