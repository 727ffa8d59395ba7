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
    from psycopg_pool import ConnectionPool

    pool = ConnectionPool(settings["conninfo"], min_size=0, max_size=10, open=True, reconnect_timeout=0)
    return lambda: held.append(pool.getconn(timeout=5)) or held[-1].execute(QUERY).fetchone()[0]


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
