"""Reports to incidents: which claims and events of many reports tell of one occurrence."""
