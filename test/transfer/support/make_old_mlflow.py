"""An empty database with the schema that MLflow 2.2 made, by MLflow's own migrations: make_old_mlflow.py FILE."""

import sys

from alembic import command
from mlflow.store.db.utils import _get_alembic_config
from mlflow.store.tracking.dbmodels.initial_models import Base
from sqlalchemy import create_engine

url = f"sqlite:///{sys.argv[1]}"
Base.metadata.create_all(create_engine(url))
# "modify params length limit"? No: the last one before datasets came, with 2.2.
command.upgrade(_get_alembic_config(url), "97727af70f4d")
