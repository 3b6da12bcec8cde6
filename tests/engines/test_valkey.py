"""Valkey keeps what it was told, forgets nothing to make room, and listens on a socket only."""

from pathlib import Path

import redis

from portal.engines.ground import ground
from portal.engines.places import Places
from tests.engines.programs import as_ordinary_account, as_root


def test_what_was_written_outlives_a_sigkill(places: Places) -> None:
    with ground(places, {}) as base:
        with redis.Redis.from_url(base.redis_url) as client:
            client.rpush("queue", *range(1000))
        base.processes["Valkey"].kill()
        base.processes["Valkey"].wait()
    with ground(places, {}) as base, redis.Redis.from_url(base.redis_url) as client:
        assert client.llen("queue") == 1000


def test_it_refuses_rather_than_forgets_and_has_no_port(places: Places) -> None:
    with ground(places, {}) as base, redis.Redis.from_url(base.redis_url) as client:
        settings = client.config_get("maxmemory-policy", "appendonly", "appendfsync", "port")
        assert settings == {
            "maxmemory-policy": "noeviction",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "port": "0",
        }


@as_root
def test_another_account_of_the_machine_is_refused(places: Places) -> None:
    with ground(places, {}, durable=False) as base:
        client = redis.Redis.from_url(base.redis_url, retry=None)
        assert "Permission denied" in as_ordinary_account(client.ping, Path("/"))
