"""Help: what each number means, and how a map is read."""

from flask import Blueprint, render_template

from api.pages.meanings import FAMILIES


def show_help() -> str:
    return render_template("pages/help.html", families=FAMILIES)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/help", "help", show_help)
