"""Evidence of who somebody is: whose badge it is, and how much each kind of evidence may decide."""
