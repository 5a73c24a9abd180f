# Kith on Telegram. The database lies in /data; keep that volume.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KITH_DATABASE_URL=sqlite:////data/kith.db

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY storage storage
COPY dialogues dialogues
COPY LICENSE NOTICE ./

RUN useradd --uid 10001 --create-home kith && mkdir /data && chown kith /data
USER kith
VOLUME /data

HEALTHCHECK --interval=1m --timeout=20s CMD ["python", "-m", "bot", "check"]
CMD ["python", "-m", "bot", "telegram"]
