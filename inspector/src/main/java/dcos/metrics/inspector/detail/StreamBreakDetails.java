// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.format.StreamEndText;
import dcos.metrics.inspector.recording.state.CapturedSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where a stream broke, what should have stood there and what did, byte beside byte. */
final class StreamBreakDetails {
  private StreamBreakDetails() {}

  /** Where and why; what was found shows where it stood, as far as it was recorded. */
  static List<DetailNode> nodes(
      CapturedSource source, CapturedSource.SourceEnd end, StreamEndText meaning) {
    List<DetailNode> nodes = new ArrayList<>();
    nodes.add(DetailNode.of("offset", offset(StreamEndText.place(end))).toned(StatusTone.BAD));
    byte[] marker = StreamEndText.markerBytes(source.header());
    byte[] found = StreamEndText.bytesFound(end).orElse(new byte[0]);
    if (StreamEndText.cutAfter(end).isPresent()) {
      nodes.add(DetailNode.of("began at", offset(end.offset())));
    }
    nodes.add(DetailNode.of("why", StreamEndText.what(end)).toned(StatusTone.BAD));
    if (meaning.expected().isEmpty()) {
      return nodes;
    }
    nodes.add(expected(source, meaning, marker));
    DetailNode stood = DetailNode.of("found", meaning.found());
    nodes.add(
        found.length == 0
            ? stood
            : stood.toned(StatusTone.BAD).opening(() -> page(found, marker, end)));
    return nodes;
  }

  /** As decimal and as the bytes' column has it. */
  static String offset(long offset) {
    return offset + "  (0x" + Long.toHexString(offset) + ")";
  }

  /** A marker stands at the end of the header. */
  private static DetailNode expected(CapturedSource source, StreamEndText meaning, byte[] marker) {
    int length = source.header().map(header -> header.bytes().length).orElse(0);
    return marker.length > 0 && meaning.expected().contains("sync marker")
        ? new DetailNode("expected", meaning.expected(), length - marker.length, length, List.of())
        : DetailNode.of("expected", meaning.expected());
  }

  /** What was found, at its place in the stream. */
  private static DetailContent.DetailBytes page(
      byte[] found, byte[] marker, CapturedSource.SourceEnd end) {
    List<DetailNode> marks = new ArrayList<>();
    if (found.length == marker.length) {
      int first = Arrays.mismatch(found, marker);
      if (first >= 0) {
        String value = "byte " + (first + 1) + " of " + found.length;
        marks.add(
            new DetailNode("first that differs", value, first, first + 1, List.of())
                .toned(StatusTone.BAD));
      }
    }
    marks.add(new DetailNode("found there", found.length + " bytes", 0, found.length, List.of()));
    return new DetailContent.DetailBytes(found, end.offset(), "", marks);
  }
}
