# Kith on Telegram. The database lies in /data, the master key and the list of who was forgotten in
# /key. Keep both volumes, and back them up apart: docs/privacy.md says how.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KITH_DATABASE_URL=sqlite:////data/kith.db \
    KITH_KEY_FILE=/key/kith.key

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY storage storage
COPY dialogues dialogues
COPY LICENSE NOTICE ./

RUN useradd --uid 10001 --create-home kith && install --directory --owner kith --mode 700 /data /key
USER kith
VOLUME ["/data", "/key"]

HEALTHCHECK --interval=1m --timeout=20s CMD ["python", "-m", "bot", "check"]
CMD ["python", "-m", "bot", "telegram"]
