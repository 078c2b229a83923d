"""What lives here: partijen, klantcontacten and all that hangs on them."""
