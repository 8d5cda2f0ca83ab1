"""The web app: pages for people, and the files those pages need."""
