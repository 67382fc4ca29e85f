"""The local page: drafts in, progress, reports and downloads, for people who do not use a terminal."""
