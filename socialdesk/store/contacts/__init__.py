"""People across networks: who they are, likenesses, files in and out."""
