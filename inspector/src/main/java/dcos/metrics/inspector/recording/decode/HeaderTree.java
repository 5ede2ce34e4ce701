// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.codec.binary.Varint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the header of a container, which was read before, into a tree. For one header. */
public final class HeaderTree {
  private static final int MAGIC_BYTES = 4;
  private static final int SYNC_BYTES = 16;

  private final byte[] bytes;
  private int pos;

  private HeaderTree(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The tree; without children where only some of the header, or nothing, is known. */
  public static DecodedNode of(byte[] header) {
    try {
      return new HeaderTree(header).header();
    } catch (IndexOutOfBoundsException _) {
      return DecodedNode.leaf("header", "not captured", 0, 0);
    }
  }

  private DecodedNode header() {
    HexFormat hex = HexFormat.ofDelimiter(" ");
    List<DecodedNode> parts = new ArrayList<>();
    parts.add(
        DecodedNode.leaf(
            "magic", hex.formatHex(bytes, 0, MAGIC_BYTES) + "  (Obj, version 1)", 0, MAGIC_BYTES));
    pos = MAGIC_BYTES;
    int from = pos;
    List<DecodedNode> entries = new ArrayList<>();
    for (long left = number(); left != 0; left = number()) {
      if (left < 0) {
        long _ = number(); // the size in bytes
      }
      for (long i = Math.abs(left); i > 0; i--) {
        int start = pos;
        String key = text();
        entries.add(DecodedNode.leaf(key, text(), start, pos));
      }
    }
    parts.add(new DecodedNode("metadata", "(" + entries.size() + ")", from, pos, entries));
    parts.add(
        DecodedNode.leaf(
            "sync marker", hex.formatHex(bytes, pos, pos + SYNC_BYTES), pos, pos + SYNC_BYTES));
    return new DecodedNode("header", "", 0, bytes.length, parts);
  }

  private String text() {
    int length = (int) number();
    String text = new String(bytes, pos, length, StandardCharsets.UTF_8);
    pos += length;
    return text;
  }

  private long number() {
    long value = Varint.get(bytes, pos);
    pos = Varint.behind(bytes, pos);
    return value;
  }
}
