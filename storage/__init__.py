"""Where turns are kept: tables, migrations and one store. Plain data in and out; never imports bot."""
