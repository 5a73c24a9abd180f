"""What the bot may ask of its chats, each function named after the API method it answers."""

import time
from collections.abc import Callable

from tests.botapi import asides, chats
from tests.botapi.chats import Chat, File, Message, Service
from tests.botapi.markup import inline_keyboard, plain_text
from tests.botapi.wire import Json, Params, bad

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE = "query is too old and response timeout expired or query ID is invalid"
MOST_DELETED = 100
DELETABLE = 48 * 3600
IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")
GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


def send_message(service: Service, params: Params) -> Json:
    """Refuse an empty text, one over 4096 characters, and markup that can't be parsed."""
    return _send(service, params, _formatted(params, "text", 4096))


def send_photo(service: Service, params: Params) -> Json:
    """Take an upload or the file_id of a file either side has sent."""
    file = _file(service, params, "photo")
    if not file.content.startswith(IMAGES):
        raise bad("IMAGE_PROCESS_FAILED")
    photo = {"photo": [file.shown(width=1, height=1)]}
    return _send(service, params, photo | _formatted(params, "caption", 1024))


def send_document(service: Service, params: Params) -> Json:
    """Take an upload or the file_id of a file either side has sent."""
    file = _file(service, params, "document")
    document = {"document": file.shown(file_name=file.name)}
    return _send(service, params, document | _formatted(params, "caption", 1024))


def send_contact(service: Service, params: Params) -> Json:
    """Refuse a card without a number or a name."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: params.text(name) for name in names if params.text(name).strip()}
    if not {"phone_number", "first_name"} <= contact.keys():
        raise bad("phone number and first name must be non-empty")
    return _send(service, params, {"contact": contact})


def edit_message_text(service: Service, params: Params) -> Json:
    """Replace text and keyboard; what would change nothing is refused."""
    chat, message = _own(service, params)
    if "text" not in message.shown:
        raise bad("there is no text in the message to edit")
    return _edit(chat, message, params, _formatted(params, "text", 4096))


def edit_message_media(service: Service, params: Params) -> Json:
    """Put another picture or file in the place of one, with what is uploaded beside."""
    chat, message = _own(service, params)
    media = params.values.get("media") or {}
    kind = media.get("type", "")
    if kind not in ("photo", "document") or kind not in message.shown:
        raise bad("there is no media in the message to edit")
    upload = params.uploads.get(str(media.get("media", "")).removeprefix("attach://"))
    if not upload:
        raise bad("wrong file identifier/HTTP URL specified")
    file = chats.store(service, *upload)
    shown = {"document": file.shown(file_name=file.name)}
    if kind == "photo":
        if not file.content.startswith(IMAGES):
            raise bad("IMAGE_PROCESS_FAILED")
        shown = {"photo": [file.shown(width=1, height=1)]}
    return _edit(chat, message, params, shown)


def edit_message_reply_markup(service: Service, params: Params) -> Json:
    """Replace or remove the keyboard; what would change nothing is refused."""
    chat, message = _own(service, params)
    return _edit(chat, message, params, {})


def delete_message(service: Service, params: Params) -> bool:
    """Refuse to delete what is not there, and what is 48 hours old."""
    chat = chats.reach(service, params.number("chat_id"))
    if params.number("message_id") not in chat.messages:
        raise bad("message to delete not found")
    _delete(service, chat, [params.number("message_id")])
    return True


def delete_messages(service: Service, params: Params) -> bool:
    """Pass over what is not there; more than 100, or one of 48 hours, and none is deleted."""
    chat = chats.reach(service, params.number("chat_id"))
    numbers = params.values.get("message_ids") or []
    if not 1 <= len(numbers) <= MOST_DELETED:
        raise bad("too many message identifiers specified" if numbers else "no messages to delete")
    _delete(service, chat, [number for number in numbers if number in chat.messages])
    return True


def _delete(service: Service, chat: Chat, numbers: list[int]) -> None:
    alone = chat.about["type"] == "private" or "administrator" in chat.members[service.bot["id"]]
    if not alone and any(chat.messages[n].shown["from"] != service.bot for n in numbers):
        raise bad("message can't be deleted")
    if any(chat.messages[n].shown["date"] <= time.time() - DELETABLE for n in numbers):
        raise bad("message can't be deleted for everyone")
    for number in numbers:
        del chat.messages[number]


def answer_callback_query(service: Service, params: Params) -> bool:
    """Accept one answer to each tap, while it waits."""
    if params.text("callback_query_id") not in service.queries:
        raise bad(STALE)
    service.queries.remove(params.text("callback_query_id"))
    return True


def send_chat_action(service: Service, params: Params) -> bool:
    """Refuse only what can't be reached."""
    return bool(chats.reach(service, params.number("chat_id")))


def get_chat(service: Service, params: Params) -> Json:
    """Describe a chat the bot can reach."""
    gifts = dict.fromkeys(GIFTS.split(), False)
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chats.reach(service, params.number("chat_id")).about | full


def get_chat_member(service: Service, params: Params) -> Json:
    """Tell the standing of anyone the service knows; strangers to the chat have left it."""
    chat = chats.reach(service, params.number("chat_id"))
    user = service.users.get(params.number("user_id"))
    if user is None:
        raise bad("invalid user_id specified")
    return chats.member(user, chat.members.get(user["id"], "left"))


def get_chat_administrators(service: Service, params: Params) -> list[Json]:
    """List who made the group and who runs it; a private chat has nobody who does."""
    chat = chats.reach(service, params.number("chat_id"))
    if chat.about["type"] == "private":
        raise bad("there are no administrators in the private chat")
    standing = chat.members.items()
    admins = [(who, status) for who, status in standing if status in ("creator", "administrator")]
    return [chats.member(service.users[who], status) for who, status in admins]


def leave_chat(service: Service, params: Params) -> bool:
    """Let the bot go; the chat is closed to it from here on."""
    chat = chats.reach(service, params.number("chat_id"))
    chat.members[service.bot["id"]] = "left"
    chat.closed = f"bot is not a member of the {chat.about['type']} chat"
    return True


def get_file(service: Service, params: Params) -> Json:
    """Tell where a file can be downloaded."""
    file = service.files.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    return file.shown(file_path=f"files/{file.file_id}")


def _formatted(params: Params, name: str, limit: int) -> Json:
    raw, mode = params.text(name), params.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise bad(f"parse_mode {mode} is not known here")
    plain = plain_text(raw) if mode else raw.strip()
    if len(plain) > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    if not plain and name == "text":
        raise bad("message text is empty")
    return {name: plain} if plain else {}


def _file(service: Service, params: Params, kind: str) -> File:
    given = params.text(kind)
    upload = params.uploads.get(given.removeprefix("attach://") or kind)
    if upload and upload[1]:
        return chats.store(service, *upload)
    if given not in service.files:
        raise bad("file must be non-empty" if upload else "wrong remote file identifier specified")
    return service.files[given]


def _send(service: Service, params: Params, content: Json) -> Json:
    chat = chats.reach(service, params.number("chat_id"))
    topic = params.number("message_thread_id", 0)
    if topic and topic not in chat.topics:
        raise bad("message thread not found")
    content |= inline_keyboard(params.values.get("reply_markup")) | chats.in_topic(topic)
    raw = params.text("text") or params.text("caption")
    if alone := asides.receiver(service, chat, params):
        return chats.post_aside(chat, service.bot, content, alone, raw)
    return chats.post(chat, service.bot, content, raw)


def _own(service: Service, params: Params) -> tuple[Chat, Message]:
    chat = chats.reach(service, params.number("chat_id"))
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message.shown["from"] != service.bot:
        raise bad("message can't be edited")
    return chat, message


def _edit(chat: Chat, message: Message, params: Params, content: Json) -> Json:
    kept = {key: value for key, value in message.shown.items() if key != "reply_markup"}
    shown = kept | content | inline_keyboard(params.values.get("reply_markup"))
    raw = params.text("text") or message.raw
    if (shown, raw) == (message.shown, message.raw):
        raise bad(NOT_MODIFIED)
    return chats.change(chat, shown, raw)


Method = Callable[[Service, Params], Json | list[Json] | bool]
METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendContact": send_contact,
    "editMessageText": edit_message_text,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
