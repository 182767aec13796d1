"""Code blocks: manifests, fragments of manifests, values, typed blocks, assignments."""
