"""Face recognition, an extra that is off: it suggests who somebody is and never clears a photo.

Prints are made of consenting people only, kept encrypted, expire, and can be erased. Without the extra everything
else works as before.
"""
