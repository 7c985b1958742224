"""What this program is: version, licences, where the data lies."""
