"""Loads a model with mlflow and scores what Modelyard sends over a local socket.

Runs in the environment of the model: the standard library and what mlflow needs itself. Started by Modelyard as
`python modelyard_worker.py SOCKET MODEL_FOLDER LANES`; lanes is how many batches it may be given at a time.

A frame is the length of its header and the length of its payload (unsigned, 4 bytes each, little-endian), the header
(JSON) and the payload. The worker says `{"ready": true}` once, then answers each frame by one with the same id.
"""

import gc
import json
import os
import socket
import struct
import sys
import threading
import traceback

LENGTHS = struct.Struct("<II")
CONTENT_TYPES = {"json": "application/json", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
"""Arrays of these go back as they lie in memory."""
RAW_TYPES = {"<f8", "<f4", "<i8", "<i4", "<i2", "|i1", "<u4", "<u2", "|u1", "|b1"}


class Taken(BaseException):
    """Leaves mlflow's scoring function early with what it read or predicted; it catches every Exception."""

    def __init__(self, *values):
        self.values = values


class Stand:
    """Stands for the model before mlflow's scoring function, which asks it to predict."""

    def __init__(self, model, predict):
        self.metadata = model.metadata
        if takes_params(model):
            self.predict = lambda data, params=None: predict(data, params)
        else:
            self.predict = lambda data: predict(data, None)


def takes_params(model):
    import inspect

    return "params" in inspect.signature(model.predict).parameters


class NotByRows(Exception):
    """The rows of an answer cannot be told apart."""


def csv_schema(schema):
    """What mlflow is told of the columns of CSV. It reads none with a column of any type: pandas sees what that holds."""
    try:
        from mlflow.types.schema import AnyType, DataType, Schema
    except ImportError:
        return schema
    if schema is None or schema.is_tensor_spec() or not schema.has_input_names():
        return schema
    typed = [column for column in schema.inputs if isinstance(column.type, DataType)]
    of_any_type = [column for column in schema.inputs if isinstance(column.type, AnyType)]
    if not of_any_type or len(typed) + len(of_any_type) < len(schema.inputs):
        return schema
    return Schema(typed) if typed else None


class Scorer:
    def __init__(self, folder):
        import mlflow.pyfunc.scoring_server as server
        from mlflow.exceptions import MlflowException

        self.server = server
        self.mlflow_error = MlflowException
        load = getattr(server, "load_model_with_mlflow_config", server.load_model)
        self.model = load(folder)
        self.schema = self.model.metadata.get_input_schema()
        self.csv_schema = csv_schema(self.schema)
        self.with_params = takes_params(self.model)
        os.environ["_MLFLOW_IS_IN_SERVING_ENVIRONMENT"] = "true"

    def predict(self, data, params):
        return self.model.predict(data, params=params) if self.with_params else self.model.predict(data)

    # One body, read, scored and answered as mlflow does it.

    def score_body(self, kind, body):
        try:
            return self.invoke(kind, body, self.predict_for_json)
        except Taken as taken:
            return 200, self.json_of(*taken.values)

    def predict_for_json(self, data, params):
        result = self.predict(data, params)
        # mlflow writes large arrays slowly. What it wraps in no `predictions` (bodies of chats) is no table.
        if type(result).__module__ == "numpy" and type(data).__module__.startswith(("pandas", "numpy")):
            raise Taken(result)
        return result

    def invoke(self, kind, body, predict):
        stand = Stand(self.model, predict)
        if not hasattr(self.server, "invocations"):
            return self.invoke_by_app(kind, body, stand)
        try:
            schema = self.csv_schema if kind == "csv" else self.schema
            answer = self.server.invocations(self.as_taken(kind, body), CONTENT_TYPES[kind], stand, schema)
            return answer.status, answer.response.encode()
        except self.mlflow_error as error:
            return error.get_http_status_code(), error.serialize_as_json().encode()

    def invoke_by_app(self, kind, body, stand):
        """Early releases have no such function, but a web application."""
        client = self.server.init(stand).test_client()
        answer = client.post("/invocations", data=body, content_type=CONTENT_TYPES[kind])
        return answer.status_code, answer.data

    def as_taken(self, kind, body):
        """Until MLflow 3, and for CSV, the function takes text."""
        if kind == "parquet" or (kind == "json" and not self.server.VERSION.startswith("2.")):
            return body
        try:
            return body.decode()
        except UnicodeDecodeError:
            return body

    def json_of(self, result):
        predictions = self.server._get_jsonable_obj(result, pandas_orient="records")
        return json.dumps({"predictions": predictions}, cls=self.server.NumpyEncoder).encode()

    # Several bodies, those of one kind in one call of the model.

    def score_bodies(self, bodies):
        answers = [None] * len(bodies)
        groups = {}
        for place, (kind, body) in enumerate(bodies if len(bodies) > 1 else ()):
            try:
                answers[place] = answered(lambda: self.invoke(kind, body, take))
            except Taken as taken:
                data, params = taken.values
                groups.setdefault(likeness(data, params), []).append((place, data, params))
        for key, group in groups.items():
            if key is None or len(group) == 1:
                continue
            try:
                parts = self.predict_together([data for _, data, _ in group], group[0][2])
                made = [(200, self.json_of(part)) for part in parts]
            except Exception:
                continue
            for (place, _, _), answer in zip(group, made):
                answers[place] = answer
        # Alone: the rest, so that an error reaches only its own request.
        for place, (kind, body) in enumerate(bodies):
            if answers[place] is None:
                answers[place] = answered(lambda: self.score_body(kind, body))
        return answers

    def predict_together(self, datas, params):
        import pandas

        rows = [len(data) for data in datas]
        if isinstance(datas[0], pandas.DataFrame):
            whole = pandas.concat(datas, ignore_index=True)
            if list(whole.dtypes) != list(datas[0].dtypes):
                raise NotByRows()
        else:
            import numpy

            whole = numpy.concatenate(datas)
        return parts_of(self.predict(whole, params), rows)

    # A table in columns: no JSON is read.

    def score_table(self, header, payload):
        """The header of the answer and its payload; None when the bodies have to be read by mlflow."""
        rows = header["rows"]
        try:
            result = self.predict(table_of(header, payload), header.get("params"))
            raw = raw_array(result, sum(rows))
            if raw is not None:
                return {"dtype": raw.dtype.str, "shape": raw.shape}, [raw.data if raw.size else b""]
            parts = [result] if len(rows) == 1 else parts_of(result, rows)
            return answers_frame([(200, self.json_of(part)) for part in parts])
        except Exception:
            return None

    def answer(self, header, payload):
        if header["kind"] == "table":
            return self.score_table(header, payload) or ({"refused": True}, [])
        bodies, start = [], 0
        for kind, length in header["bodies"]:
            bodies.append((kind, bytes(payload[start : start + length])))
            start += length
        return answers_frame(self.score_bodies(bodies))


def take(data, params):
    raise Taken(data, params)


def answered(score):
    """What mlflow leaves to the HTTP server, such as an answer that is no JSON, is an answer too."""
    try:
        return score()
    except Exception as error:
        traceback.print_exc()
        message = "The model's answer could not be given: %s: %s" % (type(error).__name__, error)
        return 500, json.dumps({"error_code": "INTERNAL_ERROR", "message": message}).encode()


def answers_frame(answers):
    return {"answers": [[status, len(body)] for status, body in answers]}, [body for _, body in answers]


def likeness(data, params):
    """Data of one likeness can be one table; None: with nothing else."""
    import numpy
    import pandas

    given = json.dumps(params, sort_keys=True, default=repr)
    if isinstance(data, pandas.DataFrame) and len(data) > 0:
        return (tuple(data.columns), tuple(map(str, data.dtypes)), given)
    if isinstance(data, numpy.ndarray) and data.ndim > 0 and len(data) > 0:
        return (data.dtype.str, data.shape[1:], given)
    return None


def table_of(header, payload):
    """Columns of one type are one block, which pandas takes without a copy."""
    import numpy
    import pandas

    names = [name for name, _, _ in header["columns"]]
    types = {dtype for _, dtype, _ in header["columns"]}
    if len(types) == 1 and "str" not in types:
        block = numpy.frombuffer(payload, types.pop()).reshape(len(names), sum(header["rows"]))
        return pandas.DataFrame(block.T, columns=names, copy=False)
    columns, start = {}, 0
    for name, dtype, length in header["columns"]:
        part = memoryview(payload)[start : start + length]
        columns[name] = json.loads(bytes(part)) if dtype == "str" else numpy.frombuffer(part, dtype)
        start += length
    return pandas.DataFrame(columns, columns=names)


def raw_array(result, rows):
    import numpy

    if isinstance(result, numpy.ndarray) and result.shape[:1] == (rows,) and result.dtype.str in RAW_TYPES:
        return numpy.ascontiguousarray(result)
    return None


def parts_of(result, rows):
    """The answer to each of the tables that were scored as one. Raises NotByRows when it cannot be told."""
    import numpy
    import pandas

    ends, total = [], 0
    for count in rows:
        total += count
        ends.append((total - count, total))
    if isinstance(result, (pandas.DataFrame, pandas.Series)) and len(result) == total:
        return [result.iloc[start:end] for start, end in ends]
    if isinstance(result, numpy.ndarray) and result.shape[:1] == (total,):
        return [result[start:end] for start, end in ends]
    if type(result) is list and len(result) == total:
        return [result[start:end] for start, end in ends]
    if type(result) is dict and result:
        columns = {name: parts_of(value, rows) for name, value in result.items()}
        return [{name: parts[place] for name, parts in columns.items()} for place in range(len(rows))]
    raise NotByRows()


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.writing = threading.Lock()

    def receive(self):
        """The next frame; None when the other side has gone."""
        lengths = self.exactly(LENGTHS.size)
        if lengths is None:
            return None
        header_length, payload_length = LENGTHS.unpack(lengths)
        header, payload = self.exactly(header_length), self.exactly(payload_length)
        return None if header is None or payload is None else (json.loads(header), payload)

    def exactly(self, length):
        buffer = bytearray(length)
        view, got = memoryview(buffer), 0
        while got < length:
            count = self.socket.recv_into(view[got:])
            if count == 0:
                return None
            got += count
        return buffer

    def send(self, header, payload=()):
        text = json.dumps(header).encode()
        length = sum(memoryview(part).nbytes for part in payload)
        with self.writing:
            if length < 65536:
                self.socket.sendall(b"".join([LENGTHS.pack(len(text), length), text, *payload]))
                return
            self.socket.sendall(LENGTHS.pack(len(text), length) + text)
            for part in payload:
                self.socket.sendall(part)


def serve(connection, scorer, lanes):
    def answer(header, payload):
        try:
            more, parts = scorer.answer(header, payload)
        except BaseException:
            # What ends a thread must not leave a request without an answer.
            traceback.print_exc()
            more, parts = {"failed": traceback.format_exc()}, []
        try:
            connection.send({"id": header["id"], **more}, parts)
        except OSError:
            os._exit(0)

    if lanes == 1:
        handle = answer
    else:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(lanes)
        handle = lambda header, payload: pool.submit(answer, header, payload)
    while True:
        frame = connection.receive()
        if frame is None:
            return
        handle(*frame)


def end_with_parent(parent):
    """A model that is busy or hangs does not see that the other side has gone; Linux can tell."""
    try:
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (AttributeError, OSError):
        return
    if os.getppid() != parent:
        os._exit(0)


def warm_up(scorer, folder):
    """The first call of many models loads code or compiles; better before the first request."""
    example = os.path.join(folder, "serving_input_example.json")
    if not os.path.isfile(example):
        return
    with open(example, "rb") as file:
        status, body = answered(lambda: scorer.score_body("json", file.read()))
    if status != 200:
        print("The model refused its own input example: %s" % body.decode()[:500], file=sys.stderr, flush=True)


def main():
    path, folder, lanes, parent = sys.argv[1:5]
    connection = Connection(path)
    end_with_parent(int(parent))
    # Modules beside the caller are found, as under `mlflow models serve`; the folder of this file is no one's.
    sys.path[0] = ""
    try:
        scorer = Scorer(folder)
        warm_up(scorer, folder)
    except BaseException as error:
        traceback.print_exc()
        connection.send({"unusable": "%s: %s" % (type(error).__name__, error)})
        return 1
    gc.collect()
    gc.freeze()
    connection.send({"ready": True, "mlflow": scorer.server.VERSION})
    serve(connection, scorer, int(lanes))
    # Threads of the model that still run are not waited for.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
