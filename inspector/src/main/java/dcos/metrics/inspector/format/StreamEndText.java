// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import dcos.metrics.inspector.recording.state.CapturedSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a stream ended that should not have ended there, in the words of who looks for why.
 *
 * @param how such as {@code broken}
 * @param expected what should have stood there; empty where the cause does not say
 * @param found what stood there instead; empty where the cause does not say
 */
public record StreamEndText(String how, String expected, String found) {
  private static final int SYNC_BYTES = 16;
  private static final String CUT = "cut";
  private static final String BROKEN = "broken";
  private static final String NOT_RECORDED =
      "other bytes; which ones is not in this recording: its collector did not write them down";
  private static final Pattern CUT_WITHIN =
      Pattern.compile("truncated (?:block|sync marker): (\\d+) of \\d+ bytes");
  private static final Pattern FOUND_MARKER =
      Pattern.compile("corrupt sync marker: found ((?:[0-9a-f]{2} ?)+)");
  private static final Pattern FOUND_MAGIC =
      Pattern.compile("invalid magic ((?:[0-9a-f]{2})+): .*");

  /** What a cause means; {@code $1} is its first group, {@code $S} the stream's marker. */
  private record Meaning(Pattern cause, String how, String expected, String found) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          meaning(
              "truncated (block|sync marker): (\\d+) of (\\d+) bytes",
              CUT,
              "$3 bytes of the $1",
              "$2 of them, which are not recorded, then the end of the stream"),
          meaning(
              "truncated (.+): (\\d+) of (\\d+) bytes",
              BROKEN,
              "$3 bytes of the $1",
              "$2 of them, then the end of what holds it"),
          meaning("truncated (.+)", CUT, "a $1", "the end of the stream"),
          meaning("corrupt sync marker: found (.+)", BROKEN, "the stream's sync marker$S", "$1"),
          meaning("corrupt sync marker", BROKEN, "the stream's sync marker$S", NOT_RECORDED),
          meaning(
              "block size (-?\\d+) not in (\\d+)\\.\\.(\\d+)",
              BROKEN,
              "a block of $2 to $3 bytes",
              "one that declares $1 bytes"),
          meaning("corrupt block: it (declares .+)", BROKEN, "a block", "one that $1"),
          meaning(
              "corrupt (.+): (-?\\d+) not in (-?\\d+)\\.\\.(-?\\d+)(.*)",
              BROKEN,
              "a $1 of $3 to $4",
              "$2$5"),
          meaning(
              "corrupt number of records: (\\d+) declared, (\\d+) found(.*)",
              BROKEN,
              "$1 records, as the block declares",
              "$2$3"),
          meaning(
              "corrupt number of records: (\\d+) bytes behind the last of (\\d+)(.*)",
              BROKEN,
              "the end of the block behind the last of its $2 records",
              "$1 bytes more$3"),
          meaning(
              "corrupt number of (.+): (-?\\d+) in (?:a block of )?(\\d+) bytes(.*)",
              BROKEN,
              "a number of $1 that has room in $3 bytes",
              "$2$4"),
          meaning("corrupt (length of .+): (-?\\d+)(.*)", BROKEN, "a $1 of 0 or more", "$2$3"),
          meaning(
              "invalid magic (\\w+): an object container begins with (\\w+)",
              BROKEN,
              "$2, with which an object container begins",
              "$1"),
          meaning("header above (\\d+) bytes: (.+)", BROKEN, "a header of at most $1 bytes", "$2"),
          meaning("unsupported codec (.+) \\(allowed: (.+)\\)", BROKEN, "a codec of $2", "$1"));

  private static Meaning meaning(String cause, String how, String expected, String found) {
    return new Meaning(Pattern.compile(cause), how, expected, found);
  }

  /** What the cause of an end means. */
  public static StreamEndText of(String cause, Optional<CapturedSource.CapturedHeader> header) {
    for (Meaning meaning : MEANINGS) {
      Matcher matcher = meaning.cause().matcher(cause);
      if (matcher.matches()) {
        return new StreamEndText(
            meaning.how(),
            fill(meaning.expected(), matcher).replace("$S", marker(header)),
            fill(meaning.found(), matcher));
      }
    }
    return new StreamEndText(BROKEN, "", "");
  }

  /** Such as {@code broken at byte 4711: corrupt sync marker}. */
  public String at(CapturedSource.SourceEnd end) {
    return how + " at byte " + place(end) + ": " + what(end);
  }

  /** Where: of what was cut, behind its last byte, while the collector names where it began. */
  public static long place(CapturedSource.SourceEnd end) {
    return end.offset() + cutAfter(end).orElse(0);
  }

  /** How many bytes of something came before the stream was cut; empty where it was not. */
  public static OptionalLong cutAfter(CapturedSource.SourceEnd end) {
    Matcher cut = CUT_WITHIN.matcher(end.cause());
    return cut.matches() ? OptionalLong.of(Long.parseLong(cut.group(1))) : OptionalLong.empty();
  }

  /** The cause, without the bytes that were found: those stand by themselves. */
  public static String what(CapturedSource.SourceEnd end) {
    return end.cause().replaceFirst(": found .*", "");
  }

  /** The bytes that stood where the stream is broken; empty where the cause does not hold them. */
  public static Optional<byte[]> bytesFound(CapturedSource.SourceEnd end) {
    for (Pattern pattern : List.of(FOUND_MARKER, FOUND_MAGIC)) {
      Matcher matcher = pattern.matcher(end.cause());
      if (matcher.matches()) {
        return Optional.of(HexFormat.of().parseHex(matcher.group(1).replace(" ", "")));
      }
    }
    return Optional.empty();
  }

  /** The marker that the header ends with; empty where that is not known. */
  public static byte[] markerBytes(Optional<CapturedSource.CapturedHeader> header) {
    byte[] bytes = header.map(CapturedSource.CapturedHeader::bytes).orElse(new byte[0]);
    return bytes.length < SYNC_BYTES
        ? new byte[0]
        : Arrays.copyOfRange(bytes, bytes.length - SYNC_BYTES, bytes.length);
  }

  private static String fill(String template, Matcher matcher) {
    String filled = template;
    for (int i = 1; i <= matcher.groupCount(); i++) {
      filled = filled.replace("$" + i, matcher.group(i));
    }
    return filled;
  }

  private static String marker(Optional<CapturedSource.CapturedHeader> header) {
    byte[] marker = markerBytes(header);
    return marker.length == 0 ? "" : " " + HexFormat.ofDelimiter(" ").formatHex(marker);
  }
}
