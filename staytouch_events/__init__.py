"""StayTouch Events: a site where local crews organise."""
