"""What the release image runs with."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import SECRET_KEY

# Without SECRET_KEY in the environment each start signs with a new key: sessions end with the container.
SECRET_KEY = SECRET_KEY or get_random_secret_key()
STATIC_ROOT = "/var/www/mysite/static"

# TLS ends at the proxy in front of it; by plain HTTP, as the demo serves it, secure cookies would not come back.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
