// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is looked at, decoded and as bytes.
 *
 * @param subject what it says all this of
 * @param bytes what shows while no node of the tree has bytes of its own
 * @param links where else to look: its delivery, its records, its stream
 */
public record Detail(DetailSubject subject, Node root, Bytes bytes, List<Notices.Action> links) {
  public Detail {
    links = List.copyOf(links);
  }

  /** Whether both say the same, whatever they lead to. */
  public boolean saysAsMuchAs(Detail other) {
    return subject.equals(other.subject)
        && labels().equals(other.labels())
        && root.saysAsMuchAs(other.root);
  }

  private List<String> labels() {
    return links.stream().map(Notices.Action::label).toList();
  }

  /**
   * Bytes, and what they mean.
   *
   * @param content as they came; not copied, nobody writes to it
   * @param offset where in its stream or file the first one stands
   * @param note what stands there instead, where there are none
   * @param marks the nodes whose ranges are within these bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // thousands of them, never compared nor written to
  public record Bytes(byte[] content, long offset, String note, List<Node> marks) {
    public Bytes {
      marks = List.copyOf(marks);
    }

    /** No bytes, and why. */
    public static Bytes none(String note) {
      return new Bytes(new byte[0], 0, note, List.of());
    }

    /** The smallest node that a byte belongs to. */
    public Optional<Node> at(int position) {
      return marks.stream().filter(mark -> mark.has(position)).findFirst().map(n -> n.at(position));
    }

    boolean holds(Node node) {
      return marks.stream().anyMatch(mark -> mark.holds(node));
    }
  }

  /**
   * Something that is known of it, and the bytes that it was decoded from.
   *
   * @param tone how it stands
   * @param from the first byte
   * @param to behind the last byte; equal to {@code from} where no byte stands for it
   * @param lead where it leads to, if anywhere
   * @param own reads the bytes that it stands for itself, if it does; what is marked in them stands
   *     below it then
   * @param folded whether its children show only when asked for
   */
  public record Node(
      String name,
      String value,
      Tone tone,
      int from,
      int to,
      List<Node> children,
      Optional<Runnable> lead,
      Optional<Supplier<Bytes>> own,
      boolean folded) {
    public Node {
      Objects.checkFromToIndex(from, to, Integer.MAX_VALUE);
      children = List.copyOf(children);
    }

    /** Decoded from these bytes. */
    public Node(String name, String value, int from, int to, List<Node> children) {
      this(name, value, Tone.QUIET, from, to, children, Optional.empty(), Optional.empty(), false);
    }

    /** Something that no byte stands for. */
    public static Node of(String name, String value, Node... children) {
      return of(name, value, List.of(children));
    }

    public static Node of(String name, String value, List<Node> children) {
      return new Node(name, value, 0, 0, children);
    }

    public Node toned(Tone how) {
      return new Node(name, value, how, from, to, children, lead, own, folded);
    }

    public Node leading(Runnable where) {
      return new Node(name, value, tone, from, to, children, Optional.of(where), own, folded);
    }

    public Node opening(Supplier<Bytes> bytes) {
      return new Node(name, value, tone, from, to, children, lead, Optional.of(bytes), folded);
    }

    public Node fold() {
      return new Node(name, value, tone, from, to, children, lead, own, true);
    }

    /** The smallest node that holds a byte; this one where no child does. */
    public Node at(int position) {
      for (Node child : children) {
        if (child.has(position)) {
          return child.at(position);
        }
      }
      return this;
    }

    private boolean has(int position) {
      return from <= position && position < to;
    }

    @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
    private boolean holds(Node node) {
      return this == node || children.stream().anyMatch(child -> child.holds(node));
    }

    private boolean saysAsMuchAs(Node other) {
      if (!name.equals(other.name)
          || !value.equals(other.value)
          || tone != other.tone
          || from != other.from
          || to != other.to
          || children.size() != other.children.size()) {
        return false;
      }
      for (int i = 0; i < children.size(); i++) {
        if (!children.get(i).saysAsMuchAs(other.children.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
