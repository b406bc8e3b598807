"""The only reader of the environment and .env: settings are made once and passed in."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rbzqa.errors import ConfigError

_PREFIX = "RBZQA_"
_WRONG = {
    "value_error": "noem een map",
    "int_parsing": "dat is geen geheel getal",
    "int_parsing_size": "dat getal is te groot",
    "greater_than_equal": "het moet ten minste {ge} zijn",
    "less_than_equal": "het mag hoogstens {le} zijn",
    "string_too_short": "er staat niets",
    "string_pattern_mismatch": "het moet met http:// of https:// beginnen, zonder ? of #",
}


def _named(folder: object) -> object:
    if folder == "":  # Path("") would be the working folder
        raise ValueError("noem een map")
    return folder


Folder = Annotated[Path, BeforeValidator(_named)]


class Settings(BaseSettings):
    """Everything that can be set: by flag, else ``RBZQA_*``, else ``.env``, else the default."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", frozen=True)

    corpus: Folder = Field(default=Path("corpus"), description="map met brieven")
    index: Folder = Field(default=Path("index"), description="map met de index")
    model: str = Field(default="e5-small-nl", min_length=1, description="naam of map van het model")
    top_k: int = Field(default=5, ge=1, le=50, description="aantal passages in een antwoord")
    threads: int = Field(default=1, ge=1, le=64, description="processordraden van het model")
    public_url: str = Field(default="", pattern=r"^(?:https?://[^\s/?#]+(?:/[^\s?#]*)?)?$", description="adres waaronder de documenten staan")


def load_settings(**flags: object) -> Settings:
    """Read the settings; a flag that is None was not given.

    Raises:
        ConfigError: an unknown or invalid setting, by name.
    """
    try:
        known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
        unknown = sorted(name for name in _names() if name.upper().startswith(_PREFIX) and name.upper() not in known)
        if unknown:
            raise ConfigError(f"onbekende instelling {unknown[0]}", f"bekend zijn: {', '.join(sorted(known))}")
        return Settings(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        shown = f"--{name.replace('_', '-')}" if flags.get(name) is not None else f"{_PREFIX}{name.upper()}"
        reason = _WRONG.get(first["type"], first["msg"]).format(**first.get("ctx", {}))
        raise ConfigError(f"{shown}={str(first['input'])[:80]!r} is ongeldig: {reason}", "verbeter of verwijder deze instelling") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f".env is niet te lezen: {error}", "bewaar .env als UTF-8, of verwijder het bestand") from error


def _names() -> list[str]:
    """The names set in the environment and in .env."""
    path = Path(Settings.model_config["env_file"] or ".env")  # type: ignore[arg-type]
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    in_file = [line.removeprefix("export ").partition("=")[0].strip() for line in lines if "=" in line and not line.lstrip().startswith("#")]
    return [*os.environ, *in_file]
