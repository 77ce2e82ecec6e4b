"""T71 and what belongs to it: every rule of the server is attacked."""

import json

import pytest
from page_in_process import PORT, photo_bytes
from starlette.testclient import TestClient

from screen.errors import UsageError
from screen.web.app import make_app
from screen.web.listening import listening
from screen.web.security import Keys

READING = ["/api/state", "/api/photos", "/api/photos/p1", "/api/photos/p1/thumb", "/api/people?q=a", "/api/events"]
READING += ["/api/photos/p1/picture", "/api/photos/p1/peek?finding=f1", "/api/photos/p1/copy", "/api/copies.zip"]
ACTING = [("POST", "/api/photos"), ("POST", "/api/photos/p1/actions"), ("POST", "/api/settings")]
ACTING += [("POST", "/api/save"), ("DELETE", "/api/photos/p1")]


@pytest.fixture
def stranger(dropped):
    """A browser that was not let in, on a page with a photo."""
    host = {"base_url": f"http://127.0.0.1:{PORT}", "headers": {"X-Photoscreen": "1"}}
    return TestClient(make_app(dropped.desk), **host)


@pytest.mark.parametrize("path", READING)
def test_nothing_is_told_without_the_token(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "token"


@pytest.mark.parametrize(("method", "path"), ACTING)
def test_nothing_is_done_without_the_token(stranger, dropped, method, path):
    assert stranger.request(method, path, json={}).status_code == 403
    assert len(dropped.get("/api/photos").json()["photos"]) == 1


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 201, None, 7])
def test_wrong_tokens_let_nobody_in(stranger, token):
    answer = stranger.post("/api/enter", json={"token": token})
    assert answer.status_code in {400, 403}
    assert "set-cookie" not in answer.headers
    assert stranger.get("/api/state").status_code == 403


@pytest.mark.parametrize("cookie", ["", "wrong", "é", "a; b", '"', "%00"])
def test_wrong_cookies_let_nobody_in(dropped, stranger, cookie):
    name = dropped.desk.keys.cookie
    for header in (f"{name}={cookie}", f"other={dropped.desk.keys.session}", f"{name}={dropped.desk.keys.token}"):
        assert stranger.get("/api/state", headers={"Cookie": header.encode()}).status_code == 403


def test_the_token_lets_in_by_a_cookie_that_scripts_and_other_sites_do_not_get(dropped, stranger):
    answer = stranger.post("/api/enter", json={"token": dropped.desk.keys.token})
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"photoscreen-{PORT}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert dropped.desk.keys.token not in cookie
    assert stranger.get("/api/state").status_code == 200


def test_tokens_are_long_random_and_never_in_what_is_printed_of_the_keys():
    keys = {Keys(1).token for _ in range(50)} | {Keys(1).session for _ in range(50)}
    assert len(keys) == 100
    assert min(map(len, keys)) >= 43  # 256 bits
    made = Keys(1)
    assert made.token not in repr(made)
    assert made.session not in repr(made)
    assert made.address == f"http://127.0.0.1:1/#{made.token}"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "localhost",
        f"127.0.0.1:{PORT + 1}",
        f"127.0.0.1.nip.io:{PORT}",
        f"127.0.0.1:{PORT}.evil.example",
        f"[::1]:{PORT}",
        f"0.0.0.0:{PORT}",
        "",
    ],
)
def test_other_hosts_are_refused_even_with_the_cookie(dropped, host):  # DNS rebinding
    for path in ("/", "/static/main.js", "/api/photos"):
        answer = dropped.client.get(path, headers={"Host": host})
        assert answer.status_code == 403, path
        assert answer.json()["error"]["code"] == "foreign"


def test_two_hosts_or_none_are_refused(dropped):
    client = dropped.client
    assert (
        client.get("/api/state", headers=[("Host", f"127.0.0.1:{PORT}"), ("Host", "evil.example")]).status_code == 403
    )


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}"])
def test_own_hosts_are_served(dropped, host):
    assert dropped.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "",
        f"https://127.0.0.1:{PORT}",
        f"http://127.0.0.1:{PORT + 1}",
        "http://127.0.0.1",
    ],
)
def test_other_origins_are_refused(dropped, origin):
    version = dropped.photo()["version"]
    answer = dropped.client.post(
        "/api/photos/p1/actions", json={"version": version, "do": "turn"}, headers={"Origin": origin}
    )
    assert answer.status_code == 403
    assert dropped.client.get("/api/photos", headers={"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_other_sites_are_refused(dropped, site):
    for path in ("/", "/api/photos/p1/picture", "/static/main.js"):
        assert dropped.client.get(path, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert dropped.client.get("/", headers={"Sec-Fetch-Site": "none"}).status_code == 200
    assert dropped.client.get("/api/photos", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize(("method", "path"), ACTING)
@pytest.mark.parametrize("value", [None, "", "0", "true"])
def test_what_a_form_of_another_page_could_send_is_refused(dropped, method, path, value):  # CSRF
    client = TestClient(make_app(dropped.desk), base_url=f"http://127.0.0.1:{PORT}", cookies=dropped.client.cookies)
    headers = {} if value is None else {"X-Photoscreen": value}
    form = {"content": b"version=1&do=turn", "headers": {**headers, "Content-Type": "text/plain"}}
    answer = client.request(method, path, **form)
    assert answer.status_code == 403
    assert dropped.photo()["turns"] == 0


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/main.js%00.css",
        "/static/",
        "/static/page.html.j2",
        "/templates/page.html.j2",
        "/docs",
        "/openapi.json",
        "/redoc",
    ],
)
def test_no_path_leads_out_of_the_listed_files(dropped, path):
    answer = dropped.get(path)
    assert answer.status_code == 404, path
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("photo", ["../p1", "..%2f..%2fetc%2fpasswd", "p1%00", "p999", "%2e%2e", "P1", "p1.jpg", "-1"])
def test_photos_are_named_by_their_ids_alone(dropped, photo):
    for path in ("", "/thumb", "/picture", "/copy", "/crops/0", "/peek?finding=f1"):
        answer = dropped.get(f"/api/photos/{photo}{path}")
        assert answer.status_code in {404, 403}, path
        assert "root:" not in answer.text
    assert dropped.client.delete(f"/api/photos/{photo}").status_code in {404, 405}


def test_every_answer_has_the_headers(dropped, stranger):
    answers = [dropped.get(path) for path in ("/", "/static/main.js", "/api/photos", "/api/photos/p1/thumb", "/x")]
    answers += [stranger.get("/api/photos"), dropped.client.get("/", headers={"Host": "evil.example"})]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers
        static = "/static/" in str(answer.request.url)
        assert answer.headers.get_list("cache-control") == ["no-cache" if static else "no-store"]


def test_the_shell_tells_nothing_of_photos_and_holds_no_script_of_its_own(dropped):
    text = dropped.client.get("/").text
    assert "class.jpg" not in text
    assert "Lindqvist" not in text
    assert dropped.desk.keys.token not in text
    assert "onload=" not in text
    assert "<style" not in text
    scripts = [part.split(">")[0] for part in text.split("<script")[1:]]
    assert all('src="/static/' in part or 'type="application/json"' in part for part in scripts)


def test_names_of_files_are_data_and_nothing_else(page):
    name = "<img src=x onerror=alert(1)>\u202egpj.exe\n.jpg"
    [item] = page.drop((name, photo_bytes()))
    assert "\n" not in item["name"]
    assert "\u202e" not in item["name"]
    answer = page.get("/api/photos")
    assert answer.headers["content-type"] == "application/json"
    assert page.desk.session.entry("p1").path.parent == page.desk.uploads


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "::1", "localhost", "192.168.0.1", "127.0.0.2"])  # noqa: S104
def test_nothing_but_this_machine_is_listened_on(host):
    with pytest.raises(UsageError, match="127"):
        listening(0, host)


def test_a_port_that_is_taken_is_told():
    with listening(0) as taken:
        assert taken.getsockname()[0] == "127.0.0.1"
        with pytest.raises(UsageError, match="--port"):
            listening(taken.getsockname()[1])


def test_large_bodies_and_odd_requests_are_refused(dropped):
    body = {"version": 1, "do": "keep", "finding": "f1", "reason": "x" * 3000}
    assert dropped.client.post("/api/photos/p1/actions", json=body).status_code == 400
    assert dropped.client.post("/api/settings", content=b"{" * 100_000).status_code == 400
    big = json.dumps({"ids": ["p1"] * 20_000})
    assert dropped.client.post("/api/save", content=big).status_code == 400
    assert dropped.client.post("/api/save", content=b" " * (2**20 + 1)).status_code == 413
    endless = dropped.client.post("/api/save", content=iter([b" " * 1000] * 3))
    assert endless.request.headers["transfer-encoding"] == "chunked"
    assert endless.status_code == 413
    assert dropped.client.put("/api/photos/p1").status_code in {404, 405}
    assert dropped.client.request("TRACE", "/").status_code in {403, 404, 405}
    assert dropped.client.options("/api/photos", headers={"Origin": "http://evil.example"}).status_code == 403


def test_faults_tell_nothing(dropped, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("secret Amina Lindqvist")

    monkeypatch.setattr("screen.web.app.covered_picture", broken)
    client = TestClient(make_app(dropped.desk), raise_server_exceptions=False, base_url=f"http://127.0.0.1:{PORT}")
    client.cookies = dropped.client.cookies
    answer = client.get("/api/photos/p1/picture")
    assert answer.status_code == 500
    assert "Amina" not in answer.text
    assert answer.json()["error"]["code"] == "fault"
    assert answer.headers["content-security-policy"]
