"""What a web server loads: the application, configured by the environment."""

from config import Config
from portal.factory import create_app

app = create_app(Config.from_env())
