"""Trying dialogues out before people meet them: chats told again, and people who walk at random."""
