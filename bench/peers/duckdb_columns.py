"""Runs columns.sql over a run's rows; arguments: the SQL's path, the rows' path. Prints one JSON object."""

import json
import resource
import sys
import time

import duckdb

sql = open(sys.argv[1]).read()
connection = duckdb.connect()
connection.execute("SET VARIABLE path = $path", {"path": sys.argv[2]})
begin, cpu = time.perf_counter(), time.process_time()
connection.execute(sql)
seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
rows = connection.execute("SELECT count(*) FROM columns WHERE content IS NOT NULL").fetchone()[0]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
told = {"seconds": seconds, "cpuSeconds": cpu, "peakBytes": peak, "rows": rows, "version": duckdb.__version__}
print(json.dumps(told))
