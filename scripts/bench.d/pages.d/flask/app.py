"""The list of projects as Flask draws it: the session's query, the list's query, the page by Jinja."""
import base64
import hashlib
import hmac
import json
import os
import secrets
from datetime import datetime, timedelta, timezone

import flask
import pymysql

with open(os.environ["BENCH_SETTINGS"], encoding="utf-8") as file:
    SITE = json.load(file)

app = flask.Flask(__name__, template_folder=SITE["templates"])
app.jinja_env.keep_trailing_newline = True


def connect():
    """With "kept" one connection a worker, which answers one request at a time; else one a request, as Flask's manual
    has it ("Using SQLite 3 with Flask", whose get_db and close_connection these are)."""
    holder = SITE if SITE["kept"] else flask.g.__dict__
    if "connection" not in holder:
        holder["connection"] = pymysql.connect(
            unix_socket=SITE["socket"], user="root", database="carrel", charset="utf8mb4", autocommit=True,
            cursorclass=pymysql.cursors.DictCursor,
        )
    return holder["connection"]


@app.teardown_appcontext
def close_connection(_):
    if not SITE["kept"] and "connection" in flask.g:
        flask.g.connection.close()


def query(text, *values):
    with connect().cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@app.get(SITE["base"] + "/projects")
def show_projects():
    token = flask.request.cookies.get(SITE["cookie"], "")
    now = datetime.now(timezone.utc)
    readers = query(
        "SELECT s.id, s.last_seen_at, u.id AS user, u.username, u.email, u.is_administrator"
        " FROM sessions s JOIN users u ON u.id = s.user"
        " WHERE s.token_hash = %s AND s.last_seen_at > %s AND s.created_at > %s",
        hashlib.sha256(token.encode()).digest(), now - timedelta(days=14), now - timedelta(days=90),
    )
    if not readers:
        return flask.redirect(SITE["base"] + "/sign-in", 303)
    projects = query(
        "SELECT p.id, p.name, p.language, p.created_at, p.updated_at, p.file_count AS files"
        " FROM projects p WHERE p.owner = %s AND p.deleted_at IS NULL"
        " ORDER BY p.updated_at DESC, p.id DESC LIMIT 500",
        readers[0]["user"],
    )
    nonce = base64url(secrets.token_bytes(16))
    page = flask.render_template(
        "list.html", projects=projects, languages=SITE["languages"], base=SITE["base"], nonce=nonce,
        username=readers[0]["username"],
        csrf=base64url(hmac.digest(SITE["secret"].encode(), token.encode(), "sha256")),
    )
    response = flask.Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-ID"] = flask.request.headers.get("X-Request-ID", "")
    return response
