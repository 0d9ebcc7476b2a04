"""What `doctor` looks at, one file an idea; each check is a line with what was found and the mend."""
