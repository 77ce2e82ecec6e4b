"""The local page: one person reviews photos, uncovers, names and saves; nothing leaves this machine."""
