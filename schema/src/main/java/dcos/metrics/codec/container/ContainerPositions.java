// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where the containers of one file begin, as far as its readers have found them, so that one reader
 * can go to a block that another has read. Thread-safe.
 */
public final class ContainerPositions {
  private final ConcurrentSkipListMap<Long, Head> heads = new ConcurrentSkipListMap<>();

  /** Of a file that was not read yet. */
  public ContainerPositions() {
    // nothing was found
  }

  /** A header, and where it begins in the file. */
  record Head(long offset, HeaderReader.ParsedHeader header) {
    private Head sharing(Head other) {
      String schema = other.header.schema();
      return schema.equals(header.schema()) ? new Head(offset, header.withSchema(schema)) : this;
    }
  }

  /** Adds one; those with the same schema as the one before share its text. */
  void add(Head head) {
    Map.Entry<Long, Head> before = heads.lowerEntry(head.offset());
    heads.put(head.offset(), before == null ? head : head.sharing(before.getValue()));
  }

  /** The one that an offset is in. */
  Head at(long offset) {
    Map.Entry<Long, Head> found = heads.floorEntry(offset);
    if (found == null) {
      throw new IllegalArgumentException("no container was found before offset " + offset);
    }
    return found.getValue();
  }
}
