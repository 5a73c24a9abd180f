"""How well the directory finds what everyday sentences ask for."""
