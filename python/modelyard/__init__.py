"""AutoML on a Modelyard server, from Python: ``from modelyard import automl``."""

from . import automl
from ._server import ServerError

__all__ = ["ServerError", "automl"]
