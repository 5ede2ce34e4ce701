// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.NoticesModel;
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
public record DetailContent(
    DetailSubject subject,
    DetailNode root,
    DetailBytes bytes,
    List<NoticesModel.NoticeAction> links) {
  public DetailContent {
    links = List.copyOf(links);
  }

  /** Whether both say the same, whatever they lead to. */
  public boolean saysAsMuchAs(DetailContent other) {
    return subject.equals(other.subject)
        && labels().equals(other.labels())
        && root.saysAsMuchAs(other.root);
  }

  private List<String> labels() {
    return links.stream().map(NoticesModel.NoticeAction::label).toList();
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
  public record DetailBytes(byte[] content, long offset, String note, List<DetailNode> marks) {
    public DetailBytes {
      marks = List.copyOf(marks);
    }

    /** No bytes, and why. */
    public static DetailBytes none(String note) {
      return new DetailBytes(new byte[0], 0, note, List.of());
    }

    /** The smallest node that a byte belongs to. */
    public Optional<DetailNode> at(int position) {
      return marks.stream().filter(mark -> mark.has(position)).findFirst().map(n -> n.at(position));
    }

    boolean holds(DetailNode node) {
      return marks.stream().anyMatch(mark -> mark.holds(node));
    }
  }

  /**
   * Something that is known of it, and the bytes that it was decoded from.
   *
   * @param tone how it stands
   * @param from the first byte
   * @param to behind the last byte; equal to {@code from} where no byte stands for it
   * @param link where it leads to, if anywhere
   * @param own reads the bytes that it stands for itself, if it does; what is marked in them stands
   *     below it then
   * @param folded whether its children show only when asked for
   */
  public record DetailNode(
      String name,
      String value,
      StatusTone tone,
      int from,
      int to,
      List<DetailNode> children,
      Optional<Runnable> link,
      Optional<Supplier<DetailBytes>> own,
      boolean folded) {
    public DetailNode {
      Objects.checkFromToIndex(from, to, Integer.MAX_VALUE);
      children = List.copyOf(children);
    }

    /** Decoded from these bytes. */
    public DetailNode(String name, String value, int from, int to, List<DetailNode> children) {
      this(
          name,
          value,
          StatusTone.QUIET,
          from,
          to,
          children,
          Optional.empty(),
          Optional.empty(),
          false);
    }

    /** Something that no byte stands for. */
    public static DetailNode of(String name, String value, DetailNode... children) {
      return of(name, value, List.of(children));
    }

    public static DetailNode of(String name, String value, List<DetailNode> children) {
      return new DetailNode(name, value, 0, 0, children);
    }

    public DetailNode toned(StatusTone how) {
      return new DetailNode(name, value, how, from, to, children, link, own, folded);
    }

    public DetailNode leading(Runnable where) {
      return new DetailNode(name, value, tone, from, to, children, Optional.of(where), own, folded);
    }

    public DetailNode opening(Supplier<DetailBytes> bytes) {
      return new DetailNode(
          name, value, tone, from, to, children, link, Optional.of(bytes), folded);
    }

    public DetailNode fold() {
      return new DetailNode(name, value, tone, from, to, children, link, own, true);
    }

    /** The smallest node that holds a byte; this one where no child does. */
    public DetailNode at(int position) {
      for (DetailNode child : children) {
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
    private boolean holds(DetailNode node) {
      return this == node || children.stream().anyMatch(child -> child.holds(node));
    }

    private boolean saysAsMuchAs(DetailNode other) {
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
