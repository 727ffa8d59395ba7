"""Answers each line of its input with a new connection, made as the settings name it."""
import json
import os
import sys

settings = json.loads(os.environ["DRIVER_SETTINGS"])
QUERY = settings["query"]
held = []


def psycopg_connection():
    import psycopg

    text = settings["conninfo"]
    return lambda: held.append(psycopg.connect(text)) or held[-1].execute(QUERY).fetchone()[0]


def psycopg_pool():
    import logging

    from psycopg_pool import ConnectionPool, PoolTimeout

    # A pool answers with a timeout; why it could not connect is in its log.
    reasons = []
    handler = logging.Handler()
    handler.emit = lambda record: reasons.append(record.getMessage())
    logging.getLogger("psycopg.pool").addHandler(handler)
    pool = ConnectionPool(settings["conninfo"], min_size=0, max_size=10, open=True, reconnect_timeout=0)

    def ask():
        try:
            held.append(pool.getconn(timeout=5))
        except PoolTimeout as error:
            raise RuntimeError(" ".join([str(error), *reasons])) from error
        return held[-1].execute(QUERY).fetchone()[0]

    return ask


def sqlalchemy():
    from sqlalchemy import create_engine, text

    engine = create_engine(settings["url"])
    return lambda: held.append(engine.connect()) or held[-1].execute(text(QUERY.replace(":", "\\:"))).scalar_one()


def django():
    from django.conf import settings as django_settings

    django_settings.configure(DATABASES={"default": settings["database"]})
    from django.db import connection

    def ask():
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            return cursor.fetchone()[0]

    return ask


ask = {"psycopg": psycopg_connection, "pool": psycopg_pool, "sqlalchemy": sqlalchemy, "django": django}[settings["way"]]()
for _ in sys.stdin:
    try:
        print("ok", ask(), flush=True)
    except Exception as error:
        print("error", " ".join(str(error).split()), flush=True)
os._exit(0)
