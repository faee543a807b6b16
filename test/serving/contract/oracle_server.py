"""MLflow's own scoring server for every model of a folder, each below its name: python oracle_server.py FOLDER."""

import sys
from pathlib import Path

import mlflow
import uvicorn
from fastapi import FastAPI
from mlflow.pyfunc import scoring_server

app = FastAPI()
for folder in sorted(Path(sys.argv[1]).iterdir()):
    app.mount(f"/{folder.name}", scoring_server.init(mlflow.pyfunc.load_model(str(folder))))

uvicorn.run(app, host="127.0.0.1", port=0, log_level="info", access_log=False)
