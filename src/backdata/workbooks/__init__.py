"""How our Excel workbooks look and how they are saved: the editors' ones and the published one."""
