// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resident memory of a HotSpot process on 64-bit Linux, split by use. It reads {@code
 * /proc/PID/smaps} and needs neither native memory tracking nor {@code jcmd}, which both take
 * memory in the observed process. Mappings without a name are recognized by their shape: the Java
 * heap by its reserved size, a malloc arena and metaspace by the 64 MB that each reserves, a stack
 * by its guard pages. Immutable.
 */
final class MemoryMap {
  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\S+ *(.*)");
  private static final Pattern HEAP_FLAG = Pattern.compile("-Xmx(\\d+)m");
  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final long MB = 1L << 20;
  private static final long KB = 1024;
  private static final long RESERVED_AT_ONCE = 64 * MB;
  private static final long METASPACE_ALIGNMENT = 4 * MB;
  private static final long CLASS_SPACE = 1024 * MB;
  private static final long LARGEST_GUARD = 20 * KB;
  private static final long LARGEST_STACK = 9 * MB;

  private final Map<Use, Long> kilobytes;

  /** What memory is used for. */
  enum Use {
    HEAP("heap"),
    /** Pages of the class archive as they are in its file. */
    ARCHIVE_FILE("archive"),
    /** Pages of the class archive that the process has written to. */
    ARCHIVE_WRITTEN("archive written"),
    LIBJVM("libjvm"),
    OTHER_FILES("other files"),
    CODE("code"),
    METASPACE("metaspace"),
    /** All of malloc's memory that is in arenas; large blocks are mapped apart, see OTHER. */
    MALLOC("malloc"),
    STACKS("stacks"),
    OTHER("other");

    private final String title;

    Use(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** One entry of smaps; addresses in bytes, sizes of resident memory in kilobytes. */
  private record Mapping(
      long start, long end, String access, String name, long residentKb, long anonymousKb) {
    long bytes() {
      return end - start;
    }

    boolean isUnnamed() {
      return name.isEmpty();
    }

    boolean isInaccessible() {
      return access.startsWith("---");
    }
  }

  private MemoryMap(Map<Use, Long> kilobytes) {
    this.kilobytes = Collections.unmodifiableMap(kilobytes);
  }

  /**
   * Reads the map of a running process.
   *
   * @throws IOException if the process has ended
   */
  static MemoryMap of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(proc.resolve("smaps")), Files.readString(proc.resolve("cmdline")));
  }

  /**
   * @param smaps the content of {@code /proc/PID/smaps}
   * @param commandLine of the process; its last {@code -Xmx} is the heap's reserved size
   */
  static MemoryMap parse(String smaps, String commandLine) {
    List<Mapping> mappings = mappings(smaps);
    Map<Use, Long> sums = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      sums.put(use, 0L);
    }
    long heapBytes = 0;
    Matcher flag = HEAP_FLAG.matcher(commandLine);
    while (flag.find()) {
      heapBytes = Long.parseLong(flag.group(1)) * MB;
    }
    for (int i = 0; i < mappings.size(); ) {
      Mapping mapping = mappings.get(i);
      Use use = Use.OTHER;
      int next = i + 1;
      if (!mapping.isUnnamed()) {
        use = ofNamed(mapping.name());
        if (use == Use.ARCHIVE_FILE) {
          sums.merge(Use.ARCHIVE_WRITTEN, mapping.anonymousKb(), Long::sum);
          sums.merge(use, -mapping.anonymousKb(), Long::sum);
        }
      } else if (sums.getOrDefault(Use.HEAP, 0L) == 0 && reserves(mappings, i, heapBytes) > i) {
        use = Use.HEAP;
        next = reserves(mappings, i, heapBytes);
      } else if (isInClassSpace(mapping, mappings)) {
        use = Use.METASPACE;
      } else if (mapping.access().contains("x")) {
        use = Use.CODE;
      } else if (mapping.start() % METASPACE_ALIGNMENT == 0
          && reserves(mappings, i, RESERVED_AT_ONCE) > i) {
        next = reserves(mappings, i, RESERVED_AT_ONCE);
        boolean isArena =
            mapping.start() % RESERVED_AT_ONCE == 0 && !isMetaspace(mappings.subList(i, next));
        use = isArena ? Use.MALLOC : Use.METASPACE;
      } else if (i > 0
          && isGuard(mappings.get(i - 1), mapping)
          && mapping.bytes() < LARGEST_STACK) {
        use = Use.STACKS;
      }
      for (; i < next; i++) {
        sums.merge(use, mappings.get(i).residentKb(), Long::sum);
      }
    }
    return new MemoryMap(sums);
  }

  long kb(Use use) {
    return kilobytes.getOrDefault(use, 0L);
  }

  private static Use ofNamed(String name) {
    if (name.endsWith(".jsa")) {
      return Use.ARCHIVE_FILE;
    }
    if (name.endsWith("/libjvm.so")) {
      return Use.LIBJVM;
    }
    if (name.equals("[heap]")) {
      return Use.MALLOC;
    }
    if (name.equals("[stack]")) {
      return Use.STACKS;
    }
    return name.startsWith("/") ? Use.OTHER_FILES : Use.OTHER;
  }

  /**
   * The index after the last of the adjacent unnamed mappings that begin here and cover this many
   * bytes; the index itself if they do not cover them.
   */
  private static int reserves(List<Mapping> mappings, int from, long bytes) {
    long end = mappings.get(from).start() + bytes;
    long reached = mappings.get(from).start();
    int i = from;
    while (i < mappings.size()
        && reached < end
        && mappings.get(i).isUnnamed()
        && mappings.get(i).start() == reached) {
      reached = mappings.get(i).end();
      i++;
    }
    return bytes > 0 && reached >= end ? i : from;
  }

  /** Metaspace is committed in several places; an arena is used from its start up to one point. */
  private static boolean isMetaspace(List<Mapping> reserved) {
    boolean afterUnused = false;
    for (Mapping mapping : reserved) {
      if (afterUnused && !mapping.isInaccessible()) {
        return true;
      }
      afterUnused |= mapping.isInaccessible();
    }
    return false;
  }

  /** The class space is reserved directly after the class archive. */
  private static boolean isInClassSpace(Mapping mapping, List<Mapping> mappings) {
    return mappings.stream()
        .filter(other -> other.name().endsWith(".jsa"))
        .anyMatch(
            archive ->
                mapping.start() >= archive.end()
                    && mapping.end() <= archive.end() + CLASS_SPACE + RESERVED_AT_ONCE);
  }

  private static boolean isGuard(Mapping guard, Mapping stack) {
    return guard.isInaccessible()
        && guard.bytes() <= LARGEST_GUARD
        && guard.end() == stack.start()
        && !stack.isInaccessible();
  }

  private static List<Mapping> mappings(String smaps) {
    List<Mapping> mappings = new ArrayList<>();
    Matcher header = null;
    long resident = 0;
    for (String line : smaps.lines().collect(Collectors.toList())) {
      Matcher matcher = MAPPING.matcher(line);
      if (matcher.matches()) {
        header = matcher;
      } else if (line.startsWith("Rss:")) {
        resident = kbOf(line);
      } else if (line.startsWith("Anonymous:")) {
        add(mappings, header, resident, kbOf(line));
      }
    }
    return mappings;
  }

  private static void add(
      List<Mapping> mappings, @Nullable Matcher header, long residentKb, long anonymousKb) {
    if (header == null) {
      throw new IllegalArgumentException("a size comes before the first mapping");
    }
    long start = Long.parseUnsignedLong(header.group(1), 16);
    // A mapping that changes while smaps is read may be listed twice.
    if (!mappings.isEmpty() && Long.compareUnsigned(start, mappings.getLast().end()) < 0) {
      return;
    }
    mappings.add(
        new Mapping(
            start,
            Long.parseUnsignedLong(header.group(2), 16),
            header.group(3),
            header.group(4),
            residentKb,
            anonymousKb));
  }

  private static long kbOf(String line) {
    return Long.parseLong(BLANKS.split(line, 3)[1]);
  }
}
