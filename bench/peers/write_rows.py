"""Puts batch output files into a peer's own store: write_rows.py mlflow|inspect FOLDER STORE"""

import json
import os
import sys
import time

peer, folder, store = sys.argv[1:4]
paths = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".jsonl"))


def rows_of(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


if peer == "mlflow":
    os.environ.update(MLFLOW_ALLOW_FILE_STORE="true", MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
    import mlflow
    import pandas

    mlflow.set_tracking_uri(f"file://{store}/mlruns")
    mlflow.set_experiment("bench")
    start = time.perf_counter()
    for path in paths:
        table = pandas.DataFrame(
            {
                "custom_id": row["custom_id"],
                "model": row["response"]["body"]["model"],
                "output": row["response"]["body"]["choices"][0]["message"]["content"],
                "prompt_tokens": row["response"]["body"]["usage"]["prompt_tokens"],
                "completion_tokens": row["response"]["body"]["usage"]["completion_tokens"],
            }
            for row in rows_of(path)
        )
        with mlflow.start_run():
            mlflow.log_table(table, artifact_file="rows.json")
    version = mlflow.__version__
else:
    import inspect_ai
    from inspect_ai.dataset import Sample  # noqa: F401  (loads what a log's samples need)
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, write_eval_log
    from inspect_ai.model import ModelOutput, ModelUsage

    start = time.perf_counter()
    for path in paths:
        rows = rows_of(path)
        samples = []
        for row in rows:
            body = row["response"]["body"]
            output = ModelOutput.from_content(body["model"], body["choices"][0]["message"]["content"])
            output.usage = ModelUsage(
                input_tokens=body["usage"]["prompt_tokens"], output_tokens=body["usage"]["completion_tokens"]
            )
            samples.append(EvalSample(id=row["custom_id"], epoch=1, input="", target="", output=output))
        spec = EvalSpec(
            created="2025-03-14T09:00:00+00:00",
            task="bench",
            dataset=EvalDataset(name="bench", samples=len(rows)),
            model=body["model"],
            config=EvalConfig(),
        )
        log = EvalLog(eval=spec, samples=samples, status="success")
        write_eval_log(log, os.path.join(store, os.path.basename(path).replace(".jsonl", ".eval")))
    version = inspect_ai.__version__

print(json.dumps({"seconds": time.perf_counter() - start, "version": version}))
