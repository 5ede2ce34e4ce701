// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where a stream broke, what should have stood there and what did, byte beside byte. */
final class StreamBreak {
  private StreamBreak() {}

  /** Where and why; what was found shows where it stood, as far as it was recorded. */
  static List<Node> nodes(CapturedSource source, CapturedSource.End end, StreamEnd meaning) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("offset", offset(StreamEnd.place(end))).toned(Tone.BAD));
    byte[] marker = StreamEnd.markerBytes(source.header());
    byte[] found = StreamEnd.bytesFound(end).orElse(new byte[0]);
    if (StreamEnd.cutAfter(end).isPresent()) {
      nodes.add(Node.of("began at", offset(end.offset())));
    }
    nodes.add(Node.of("why", StreamEnd.what(end)).toned(Tone.BAD));
    if (meaning.expected().isEmpty()) {
      return nodes;
    }
    nodes.add(expected(source, meaning, marker));
    Node stood = Node.of("found", meaning.found());
    nodes.add(
        found.length == 0 ? stood : stood.toned(Tone.BAD).opening(() -> page(found, marker, end)));
    return nodes;
  }

  /** As decimal and as the bytes' column has it. */
  static String offset(long offset) {
    return offset + "  (0x" + Long.toHexString(offset) + ")";
  }

  /** A marker stands at the end of the header. */
  private static Node expected(CapturedSource source, StreamEnd meaning, byte[] marker) {
    int length = source.header().map(header -> header.bytes().length).orElse(0);
    return marker.length > 0 && meaning.expected().contains("sync marker")
        ? new Node("expected", meaning.expected(), length - marker.length, length, List.of())
        : Node.of("expected", meaning.expected());
  }

  /** What was found, at its place in the stream. */
  private static Detail.Bytes page(byte[] found, byte[] marker, CapturedSource.End end) {
    List<Node> marks = new ArrayList<>();
    if (found.length == marker.length) {
      int first = Arrays.mismatch(found, marker);
      if (first >= 0) {
        String value = "byte " + (first + 1) + " of " + found.length;
        marks.add(
            new Node("first that differs", value, first, first + 1, List.of()).toned(Tone.BAD));
      }
    }
    marks.add(new Node("found there", found.length + " bytes", 0, found.length, List.of()));
    return new Detail.Bytes(found, end.offset(), "", marks);
  }
}
