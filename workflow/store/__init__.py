"""Where requests are kept: rows, migrations, one transaction per act. The only room with SQL."""
