"""A stage of a pipe in Python: adds a column to the electrons, and keeps the events with two or more."""

import sys

import pyarrow as pa
import pyarrow.compute as pc


def main() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while source.peek(1):  # one stream a dataset
        reader = pa.ipc.open_stream(source)
        score = pa.field("Electron_score", pa.list_(pa.float32()))
        schema = reader.schema.append(score)
        writer = pa.ipc.new_stream(sink, schema)
        for batch in reader:
            pt = batch["Electron_pt"]
            values = pc.divide(pt.flatten(), pa.scalar(50, pa.float32()))
            scores = pa.ListArray.from_arrays(pt.offsets, values, type=score.type)
            scored = pa.RecordBatch.from_arrays([*batch.columns, scores], schema=schema)
            writer.write_batch(scored.filter(pc.greater_equal(pc.list_value_length(pt), 2)))
        writer.close()  # not in a `with`: after an error the stream must not look whole


main()
