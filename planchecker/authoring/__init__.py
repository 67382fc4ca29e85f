"""Making checklists: from a list of requirements to a checklist file, and from one version to the next."""
