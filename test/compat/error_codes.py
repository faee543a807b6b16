"""What a client sees when the server refuses."""

import mlflow
import pytest


def code_of(call, *arguments, **options):
    """The error code with which the call is refused."""
    with pytest.raises(mlflow.MlflowException) as caught:
        call(*arguments, **options)
    return caught.value.error_code
