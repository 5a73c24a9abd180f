"""Telegram, with python-telegram-bot as the transport and nothing acknowledged too early."""
