"""Who is let in, from where, and with which headers the answer comes."""

import base64

import pytest

from api.app import create_app
from api.guard import CSP
from api.settings import Settings, WrongSetting

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def guarded():
    settings = Settings(
        store_url="sqlite://",
        owner_token=TOKEN,
        host="0.0.0.0",
        hosts=("maps.example.org",),
        log_level="ERROR",
    )
    return create_app(settings).test_client()


def test_without_a_token_only_this_machine_is_answered(client):
    here = client.get("/api/v1/maps")
    elsewhere = client.get("/api/v1/maps", environ_base={"REMOTE_ADDR": "192.0.2.1"})

    assert here.status_code == 200
    assert elsewhere.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "maps@x"])
def test_only_known_hosts_are_answered(client, host):
    assert client.get("/api/v1/maps", headers={"Host": host}).status_code in (400, 421)


def test_the_token_opens_as_bearer_and_as_password_and_nothing_else_does(guarded):
    basic = base64.b64encode(f"anyone:{TOKEN}".encode()).decode()
    tried = {
        f"Bearer {TOKEN}": 200,
        f"Basic {basic}": 200,
        f"Bearer {TOKEN}x": 401,
        f"Bearer {TOKEN[:-1]}": 401,
        "Bearer ": 401,
        "Basic !!!": 401,
        f"Digest {TOKEN}": 401,
        "Bearer é": 401,
    }
    for given, status in tried.items():
        headers = {"Host": "maps.example.org", "Authorization": given}
        assert guarded.get("/api/v1/maps", headers=headers).status_code == status, given
    refused = guarded.get("/api/v1/maps", headers={"Host": "maps.example.org"})
    assert refused.status_code == 401
    assert "Basic" in refused.headers["WWW-Authenticate"]


def test_every_route_but_health_needs_the_token(guarded):
    open_to_all = set()
    for rule in guarded.application.url_map.iter_rules():
        path = str(rule)
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "x").replace(f"<path:{name}>", "x")
        method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
        answer = guarded.open(path, method=method, headers={"Host": "maps.example.org"})
        if answer.status_code != 401:
            open_to_all.add(str(rule))

    assert open_to_all == {"/healthz", "/readyz"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(one_map, headers):
    answer = one_map.post("/leaders", {"name": "Asha"}, headers=headers)

    assert answer.status_code == 403
    assert one_map.get("/leaders").json["total"] == 0


def test_our_own_pages_may_change_things(one_map):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    assert one_map.post("/leaders", {"name": "Asha"}, headers=headers).status_code == 201


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/api/v1/maps", "/nowhere"])
def test_every_answer_carries_the_headers(client, path):
    answer = client.get(path)

    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_request_is_named_and_a_given_name_is_kept_when_harmless(client):
    kept = client.get("/healthz", headers={"X-Request-ID": "abc-123"})
    made = client.get("/healthz", headers={"X-Request-ID": "a b\tc"})

    assert kept.headers["X-Request-ID"] == "abc-123"
    assert made.headers["X-Request-ID"] not in ("", "a b\tc")


def test_no_name_reaches_the_log(one_map, caplog):
    import logging

    log = logging.getLogger("powermap")
    log.propagate, level = True, log.level
    log.setLevel("DEBUG")
    try:
        one_map.leader("Canary Person")
        one_map.get("/leaders?q=Canary")
        one_map.post("/leaders", {"name": "Canary Person", "nom": "Canary"})
    finally:
        log.propagate = False
        log.setLevel(level)

    written = [str(record.__dict__) for record in caplog.records if record.name == "powermap"]
    assert len(written) >= 3
    assert not [line for line in written if "Canary" in line]


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"POWERMAP_OWNER_TOKEN": "short"}, "POWERMAP_OWNER_TOKEN"),
        ({"POWERMAP_HOST": "0.0.0.0"}, "POWERMAP_OWNER_TOKEN"),
        ({"POWERMAP_HOST": "0.0.0.0", "POWERMAP_OWNER_TOKEN": TOKEN}, "POWERMAP_HOSTS"),
        ({"POWERMAP_HOSTS": "https://maps.example.org"}, "POWERMAP_HOSTS"),
        ({"POWERMAP_HOSTS": "*"}, "POWERMAP_HOSTS"),
        ({"POWERMAP_PORT": "http"}, "POWERMAP_PORT"),
        ({"POWERMAP_PORT": "70000"}, "POWERMAP_PORT"),
        ({"POWERMAP_LARGEST_BODY": "-1"}, "POWERMAP_LARGEST_BODY"),
        ({"POWERMAP_LOG_LEVEL": "loud"}, "POWERMAP_LOG_LEVEL"),
        ({"POWERMAP_OWNER_TOKEN_FILE": "/nowhere"}, "POWERMAP_OWNER_TOKEN_FILE"),
        (
            {"POWERMAP_OWNER_TOKEN": TOKEN, "POWERMAP_OWNER_TOKEN_FILE": "/x"},
            "POWERMAP_OWNER_TOKEN",
        ),
        ({"POWERMAP_STORE": "mysql://x"}, "POWERMAP_STORE"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(environ, named):
    from powermap.errors import StoreUnusable

    with pytest.raises((WrongSetting, StoreUnusable), match=named):
        create_app(Settings.from_environ(environ))


def test_a_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(TOKEN + "\n")

    assert Settings.from_environ({"POWERMAP_OWNER_TOKEN_FILE": str(path)}).owner_token == TOKEN
