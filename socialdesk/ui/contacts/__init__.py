"""People: the list, one of them across networks, who may be one, files in and out, erasing."""
