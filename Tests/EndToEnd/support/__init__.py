"""The words that the end-to-end tests are written in: an instance, people, their browsers, the workbench."""
