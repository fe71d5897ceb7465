"""Groups, called crews on the pages: who they are and who belongs to them."""
