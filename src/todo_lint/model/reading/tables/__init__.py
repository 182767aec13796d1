"""Tables of attributes, of entities, of keys, of variables, of volumes."""
