"""Read Chinese prose without any data: mend a page, read every quantity."""
