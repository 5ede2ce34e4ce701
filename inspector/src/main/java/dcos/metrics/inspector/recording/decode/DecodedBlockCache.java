// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks that were looked at last, decoded, within a bound of memory. Thread-safe. */
public final class DecodedBlockCache {
  private static final long MAX_BYTES = 16L << 20;

  // Guarded by this; the one used longest ago first.
  private final Map<Integer, DecodedBlock> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** The block, read if it is not here; outside of any lock. */
  DecodedBlock get(BlockLocation ref, @Nullable BlockDecoder decoder) {
    synchronized (this) {
      DecodedBlock known = blocks.get(ref.number());
      if (known != null) {
        return known;
      }
    }
    DecodedBlock read = DecodedBlock.read(ref, decoder);
    if (decoder != null) {
      keep(ref.number(), read);
    }
    return read;
  }

  private synchronized void keep(int number, DecodedBlock block) {
    if (block.memoryBytes() > MAX_BYTES / 2 || blocks.putIfAbsent(number, block) != null) {
      return;
    }
    bytes += block.memoryBytes();
    var oldest = blocks.values().iterator();
    while (bytes > MAX_BYTES && oldest.hasNext()) {
      bytes -= oldest.next().memoryBytes();
      oldest.remove();
    }
  }
}
