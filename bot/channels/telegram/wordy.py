"""Every place where a message can carry words: none of them passes by unnoticed."""

from collections.abc import Iterator

from telegram import Message


def words_of(message: Message) -> str:
    """Give all the words that a message carries, a line each: text, caption, names, questions."""
    words = [message.text, message.caption, quoted(message), *_inside(message)]
    # the library does not look at types
    return "\n".join(word for word in words if isinstance(word, str) and word)


def quoted(message: Message) -> str:
    """Give what a message quotes, unless it quotes Kith: those words are not the person's."""
    answered = message.reply_to_message
    by_us = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    if message.quote is None or by_us:
        return ""
    return message.quote.text if isinstance(message.quote.text, str) else ""


def _inside(message: Message) -> Iterator[str | None]:
    if message.contact:
        yield from (message.contact.first_name, message.contact.last_name)
    if message.venue:
        yield from (message.venue.title, message.venue.address)
    if message.poll:
        yield from (message.poll.question, message.poll.explanation)
        yield from (option.text for option in message.poll.options)
    if message.checklist:
        yield message.checklist.title
        yield from (task.text for task in message.checklist.tasks)
    if message.sticker:
        yield message.sticker.emoji
    if message.audio:
        yield from (message.audio.title, message.audio.performer)
    for file in (message.document, message.audio, message.video, message.animation):
        if file:
            yield file.file_name
