"""The settings that psycopg, SQLAlchemy and Django's psycopg read from each text of its input, a JSON object a line."""
import json
import sys

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

for line in sys.stdin:
    given = json.loads(line)
    url = make_url(given["url"])
    print(json.dumps({
        "uri": conninfo_to_dict(given["uri"]),
        "dsn": conninfo_to_dict(given["dsn"]),
        "url": {"user": url.username, "password": url.password, "dbname": url.database, "host": url.host, "port": url.port, **url.query},
    }), flush=True)
