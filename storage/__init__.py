"""Where turns are kept: tables, migrations, one store. Plain data in and out; imports no bot."""
