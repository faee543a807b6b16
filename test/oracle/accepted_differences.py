"""Where ours is meant to answer otherwise than MLflow 3.17.2. Each entry says what ours has to answer.

An entry whose requests no longer differ, or that names no request, fails the test: the list stays true.
"""
import fnmatch
from dataclasses import dataclass, field

from servers import dig


@dataclass
class Accepted:
    names: str  # the request's id, "family: name"; * and ? as in a shell
    reason: str
    status: int
    error_code: str = ""  # of our error body, where we answer with an error
    has: dict = field(default_factory=dict)  # dotted places of our normalised body and what is there

    def covers(self, request):
        return request.id == self.names or fnmatch.fnmatchcase(request.id, self.names)

    def problem(self, ours):
        """Why our normalised answer is not what this entry says, or None."""
        if ours["status"] != self.status:
            return f"ours has to answer {self.status}: {self.reason}"
        body = ours["body"]
        if self.error_code and not (dig(body, "error_code") == self.error_code and dig(body, "message")):
            return f"ours has to answer error_code {self.error_code} with a message: {self.reason}"
        for place, value in self.has.items():
            if dig(body, place) != value:
                return f"ours has to answer {value!r} at {place}: {self.reason}"
        return None


ACCEPTED = []


def accept(reason, status, *names, **more):
    ACCEPTED.extend(Accepted(name, reason, status, **more) for name in names)


def refuse(reason, *names):
    accept(reason, 400, *names, error_code="INVALID_PARAMETER_VALUE")


refuse("MLflow fails with an HTML page and status 500 where the request is wrong",
       "wire: an array", "wire: an array with an object", "wire: a JSON text", "wire: a JSON number", "wire: a JSON true",
       "wire: a list as int64", "metrics: log a list", "metrics: bulk max_results x", "log_batch: metrics of texts",
       "log_batch: metrics of numbers", "params_tags: log a list as model", "search_logged_models: a bad token",
       "artifacts: put where a file is a folder", "artifacts: put where a folder is")
refuse("MLflow answers 500 INTERNAL_ERROR where the request is wrong",
       "experiments: get a huge id", "model_versions: get a huge version", "search_runs: order by metrics.acc, metrics.acc",
       "search_registry: models in a bad order name, name DESC", "search_registry: versions in a bad order name, name",
       "search_logged_models: bad filter foo = 'a'", "search_logged_models: bad filter metrics.acc = 'x'",
       "search_logged_models: bad filter metrics.acc > '0.4'", "search_logged_models: bad filter creation_timestamp = 'x'",
       "artifacts: version's artifact without version")
accept("MLflow answers 500 INTERNAL_ERROR for what is not there", 404,
       "model_versions: copy by stage", "logged_models: register deleted", error_code="RESOURCE_DOES_NOT_EXIST")
refuse("MLflow gives up reading the body without a word: what was sent is dropped or stored as zero or as nothing",
       "runs: create with a fraction as start time", "runs: create with a huge start time",
       "runs: create with true as start time", "runs: create with tags that are no list",
       "runs: create with a number as tag value", "metrics: log a fraction as time", "metrics: log a huge step",
       "metrics: history max_results x", "log_batch: metric of a text",
       "log_batch: metric with a bad time", "log_batch: metric with a bad step", "log_batch: param of a number",
       "log_batch: tag of a number", "logged_models: set a tag to a number", "logged_models: finalize to an unknown status",
       "search_runs: a number as experiment", "search_runs: max_results with a fraction", "search_runs: a number as token",
       "wire: an array for runs/search", "wire: a list with null", "wire: a list of null tags", "wire: a fraction as int64",
       "wire: too large for int64")
accept("what MLflow stored of such batches as zero or as nothing", 200, "log_batch: odd batches leave nothing behind",
       has={"run.data.metrics": "absent-run.data.metrics", "run.data.params": "absent-run.data.params"})
refuse("our message names the value of the wrong type; MLflow's speaks of another fault",
       "experiments: create with a number as tag key", "registered_models: create with tags of texts",
       "log_batch: metric with a number as key", "inputs_outputs: datasets of no list",
       "search_logged_models: order by a text")
refuse("our message says that the body is no JSON object; MLflow's names the first missing parameter",
       "wire: no JSON", "wire: cut JSON", "wire: JSON with a comma too many", "wire: JSON with single quotes",
       "wire: JSON followed by more", "wire: a JSON null")
refuse("MLflow shows an error of its database layer under the code BAD_REQUEST",
       "inputs_outputs: an output with a bad step", "logged_models: log a changed param",
       "search_logged_models: bad filter name IN (1)")
refuse("an artifact location that climbs out of its folder", "experiments: create with a climbing location")
refuse("names in an alias end with the line", "stages_aliases: alias with a line end")
refuse("a page of less than one entry", "search_registry: models max_results 0", "search_registry: models max_results -1",
       "search_logged_models: max_results -1")
accept("NaN and infinities are kept", 200, "metrics: history of the bare ones",
       has={"metrics.0.value": "NaN", "metrics.0.timestamp": 1, "metrics.1.timestamp": 2})
accept("NaN is kept", 200, "metrics: the run with odd values", has={"run.data.metrics.0.value": "NaN"})
accept("NaN is kept", 200, "logged_models: get with NaN", has={"model.data.metrics.0.value": "NaN"})
accept("NaN is kept", 200, "search_logged_models: a model with NaN", has={"models.0.data.metrics.0.value": "NaN"})
accept("the R client sends truth values as texts", 200, "stages_aliases: with a text as flag",
       "stages_aliases: with a small text as flag", "client_forms: R stage a version",
       has={"model_version.current_stage": "Staging"})
accept("the R client searches by POST", 200, "client_forms: R search registered models",
       "search_registry: models by POST")
accept("a null list is an empty one", 200, "log_batch: metrics as null", has={"error_code": "absent-error_code"})
accept("the id in the path is enough", 200, "logged_models: finalize without id in the body",
       has={"model.info.model_id": "{m2}", "model.info.status": "LOGGED_MODEL_UPLOAD_FAILED"})
accept("the id in the path is enough", 200, "logged_models: log params without id in the body",
       "logged_models: log params with an empty body")
accept("the id in the path counts", 200, "logged_models: finalize with another id in the body",
       has={"model.info.model_id": "{m3}"})
accept("the id in the path counts", 200, "logged_models: the other one stays",
       has={"model.info.status": "LOGGED_MODEL_PENDING"})
accept("logging a param again with its value changes nothing, as for runs", 200, "logged_models: log the same params")
accept("a deleted model is not there", 404, "logged_models: finalize deleted", "logged_models: set a tag on deleted",
       "logged_models: log a param to deleted", error_code="RESOURCE_DOES_NOT_EXIST")
accept("MLflow compares the status with its number", 200, "search_logged_models: filter status = 'READY'",
       has={"models.0.info.name": "alpha", "models.1": "absent-models.1"})
accept("MLflow compares the status with its number", 200, "search_logged_models: filter status != 'READY'",
       has={"models.0.info.name": "delta", "models.3": "absent-models.3"})
accept("MLflow 3.18 takes the plural too", 200, "search_experiments: filter attributes.name = 'se-a'",
       has={"experiments.0.name": "se-a"})
accept("MLflow 3.18 takes run_id too", 200, "artifacts: upload-artifact by run_id")
accept("a dataset given by its name alone means every digest", 200,
       "search_logged_models: a metric on one dataset", "search_logged_models: a metric on two datasets",
       "search_logged_models: datasets without metric filter", has={"error_code": "absent-error_code"})
accept("MLflow decodes a name twice, leaves out the size 0, keeps a backslash that climbs elsewhere", 200,
       "artifacts: list the odd names", has={"files.0": {"path": "empty.bin", "is_dir": False, "file_size": 0},
                                             "files.1.path": "p%201.txt"})
accept("a file may have any name", 200, "artifacts: put a name with a hash and a question mark")
refuse("a backslash that climbs elsewhere, or is a folder there", "artifacts: put by backslashes",
       "artifacts: put a name with a backslash")
refuse("MLflow drops a tab from the name without a word", "artifacts: put a name with a tab")
refuse("ours answers with an error body like everywhere", "artifacts: get a folder")
refuse("no path holds a null character", "artifacts: get with a null byte")
accept("MLflow cannot reach its own store from here", 200, "artifacts: version's artifact from runs:/")
accept("ours tells what it offers", 200, "wire: server-info", "wire: server-info by ajax-api",
       "client_forms: the CLI asks for the server", has={"store_type": "SqlStore"})
accept("HEAD answers as GET does, without the body", 200, "wire: HEAD of a GET")
accept("a redirection needs no page", 308, "wire: a doubled slash", "wire: a doubled slash in a POST")
accept("media types have no case", 200, "wire: a body with capitals in the type")
refuse("the fields of a GET are in its query", "wire: a GET with its fields in the body alone")
refuse("a field that is no list may be given once", "wire: a query field twice")
accept("this family comes later", 404, "later: start a trace", "later: get a trace", "later: get an unknown trace",
       "later: set a trace tag", "later: search traces", "later: search traces of version 2", "later: delete traces",
       "later: datasets of evaluation", "later: scorers", "later: gateway endpoints", "later: webhooks",
       error_code="ENDPOINT_NOT_FOUND")

accept("an experiment that is left out is the default one", 200, "runs: create with nothing")
accept("what clients before version 3 log of a model is kept as they sent it", 200, "params_tags: the history of models")
accept("a search tells which models a run took, as runs/get does", 200, "inputs_outputs: search by dataset",
       "inputs_outputs: search by context")
refuse("our message takes a drive letter for a local path", "model_versions: version from a windows path")
refuse("our message says which word stands without quotes, or which key is not known",
       "search_registry: models by a bad name = sr-a", "search_registry: models by a bad version = 1",
       "search_registry: versions by a bad name = sr-a", "search_registry: versions by a bad version = 1")
refuse("the error class goes with the error code", "search_logged_models: order by an unknown field",
       "search_logged_models: order by an empty field")
refuse("text that is no Unicode is called so", "wire: invalid UTF-8", "wire: a lone surrogate")
accept("text that is no Unicode names nothing", 404, "wire: invalid UTF-8 in a query", error_code="RESOURCE_DOES_NOT_EXIST")
accept("a number may stand among blanks", 200, "wire: a text with blanks as int64", has={"run_info.end_time": 5})
accept("a key may be a word of SQL or hold any letter or sign", 200,
       "search_runs: filter params.\U0001f600 = 'x'", "search_runs: filter params.from = 'x'",
       "search_registry: models by tags.from = '1'", "search_registry: models by tags.\U0001f600 = '1'",
       "search_logged_models: filter tags.from = 'x'", "search_logged_models: filter params.\U0001f600 = 'x'",
       has={"error_code": "absent-error_code"})
accept("names and values may stand in either quotes everywhere, as in a search of runs", 200,
       "search_registry: models by `name` = 'sr-a'", "search_registry: models by \"name\" = 'sr-a'",
       has={"registered_models.0.name": "sr-a", "registered_models.1": "absent-registered_models.1"})
accept("names and values may stand in either quotes everywhere, as in a search of runs", 200,
       "search_logged_models: filter \"name\" = 'alpha'", "search_logged_models: filter name = \"alpha\"",
       has={"models.0.info.name": "alpha", "models.1": "absent-models.1"})


def accepted_for(request):
    for entry in ACCEPTED:
        if entry.covers(request):
            return entry
    return None
