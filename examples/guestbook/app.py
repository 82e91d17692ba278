"""A guest book without metadata: requirements files, a module and a template."""

from flask import Flask, redirect, render_template, request

app = Flask(__name__)
entries: list[str] = []


@app.get("/")
def index():
    return render_template("index.html", entries=entries)


@app.post("/")
def sign():
    entries.append(request.form["entry"])
    return redirect("/")
