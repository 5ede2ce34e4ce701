// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.inspector.recording.decode.RecordReader;
import dcos.metrics.inspector.recording.decode.StoredBlock;
import dcos.metrics.inspector.recording.index.IndexReader;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.StreamBlock;
import dcos.metrics.inspector.recording.state.StreamContainer;
import java.util.List;

/** What sources sent, container by container and block by block. Thread-safe. */
public final class SourceContents {
  // Guarded by its lock, as what it hands out is.
  private final RecordingIndex recordingIndex;
  private final IndexReader rows;
  private final RecordReader reader;

  SourceContents(RecordingIndex recordingIndex, IndexReader rows, RecordReader reader) {
    this.recordingIndex = recordingIndex;
    this.rows = rows;
    this.reader = reader;
  }

  /** The last containers of a source, at most so many; those of which blocks are kept. */
  public List<StreamContainer> containers(int source, int most) {
    return recordingIndex.ask(() -> rows.containers(source, most));
  }

  /** Blocks of a source that are kept, from the one at this place on, at most so many. */
  public List<StreamBlock> blocks(int source, int from, int most) {
    return recordingIndex.ask(() -> rows.blocks(source, from, most));
  }

  /** How many blocks of a source are kept: the last of all that it sent. */
  public int keptBlocks(int source) {
    return recordingIndex.ask(() -> recordingIndex.index().countOf(source));
  }

  /** The bytes of one of those blocks, by its {@link StreamBlock#number}. */
  public StoredBlock bytesOf(int block) {
    return reader.stored(block);
  }
}
