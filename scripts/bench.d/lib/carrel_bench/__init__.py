"""What the groups of scripts/bench share: an instance and its readers, rounds in turn, and how a figure is printed."""
