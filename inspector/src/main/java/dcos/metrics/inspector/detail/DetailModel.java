// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.workspace.DetailSubject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * The detail pane: a node selected in the tree is highlighted in the bytes, and back. At first that
 * is what is broken, where there is such a thing. What is selected stays so while the same thing is
 * only told anew.
 */
public final class DetailModel {
  private final ObjectProperty<@Nullable DetailSubject> subject = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable DetailContent> detail = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<DetailContent.@Nullable DetailNode> highlighted =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<DetailContent.DetailBytes> bytes =
      new ReadOnlyObjectWrapper<>(DetailContent.DetailBytes.none(""));
  // What nodes with bytes of their own have read, by the names that lead to them.
  private final Map<List<String>, DetailContent.DetailBytes> read = new HashMap<>();

  /** Starts with nothing to look at. */
  public DetailModel() {
    detail.addListener((_, before, now) -> changed(before, now));
  }

  /** What is to be looked at; set by whoever points at something. */
  public ObjectProperty<@Nullable DetailSubject> subjectProperty() {
    return subject;
  }

  /** What there is to say of it; set by whoever can decode it. */
  public ObjectProperty<@Nullable DetailContent> detailProperty() {
    return detail;
  }

  public ReadOnlyObjectProperty<DetailContent.@Nullable DetailNode> highlightedProperty() {
    return highlighted.getReadOnlyProperty();
  }

  /** The bytes that show: the detail's, or those of a node that has some of its own. */
  public ReadOnlyObjectProperty<DetailContent.DetailBytes> bytesProperty() {
    return bytes.getReadOnlyProperty();
  }

  /** Highlights a node in the bytes that it was decoded from. */
  public void highlight(DetailContent.@Nullable DetailNode node) {
    DetailContent shown = detail.get();
    if (node != null && shown != null) {
      pageOf(node, shown).ifPresent(bytes::set);
    }
    highlighted.set(node);
  }

  /** Highlights what a byte belongs to. */
  public void highlightByte(int position) {
    bytes.get().at(position).ifPresent(highlighted::set);
  }

  /** The nodes below one: those that its own bytes have marked, once they were read. */
  public List<DetailContent.DetailNode> below(DetailContent.DetailNode node) {
    DetailContent shown = detail.get();
    if (node.own().isEmpty() || shown == null) {
      return node.children();
    }
    DetailContent.DetailBytes own = read.get(pathOf(node, shown));
    return own == null ? List.of() : own.marks();
  }

  private Optional<DetailContent.DetailBytes> pageOf(
      DetailContent.DetailNode node, DetailContent shown) {
    if (node.own().isPresent()) {
      return Optional.of(
          read.computeIfAbsent(List.copyOf(pathOf(node, shown)), _ -> node.own().get().get()));
    }
    if (shown.bytes().holds(node)) {
      return Optional.of(shown.bytes());
    }
    return read.values().stream().filter(page -> page.holds(node)).findFirst();
  }

  private void changed(@Nullable DetailContent before, @Nullable DetailContent now) {
    DetailContent.DetailNode lit = highlighted.get();
    boolean same = before != null && now != null && before.subject().equals(now.subject());
    List<String> path = before == null || !same || lit == null ? List.of() : pathOf(lit, before);
    if (!same) {
      read.clear();
    }
    bytes.set(now == null ? DetailContent.DetailBytes.none("") : now.bytes());
    if (now == null) {
      highlight(null);
    } else if (same) {
      highlight(path.isEmpty() ? null : nodeAt(path, now));
    } else {
      highlight(null);
      broken(now.root()).ifPresent(this::highlightBroken);
    }
  }

  /** The first that is wrong and has bytes to show for it: what one came to see. */
  private static Optional<DetailContent.DetailNode> broken(DetailContent.DetailNode node) {
    return node.tone() == StatusTone.BAD && node.own().isPresent()
        ? Optional.of(node)
        : node.children().stream().flatMap(child -> broken(child).stream()).findFirst();
  }

  /** And of its bytes the one that is wrong, as far as that is known. */
  private void highlightBroken(DetailContent.DetailNode node) {
    highlight(node);
    below(node).stream().flatMap(DetailModel::wrongByte).findFirst().ifPresent(highlighted::set);
  }

  private static Stream<DetailContent.DetailNode> wrongByte(DetailContent.DetailNode mark) {
    return mark.tone() == StatusTone.BAD && mark.to() > mark.from()
        ? Stream.of(mark)
        : mark.children().stream().flatMap(DetailModel::wrongByte);
  }

  /** The names from the root to a node; empty where it is not there. */
  private List<String> pathOf(DetailContent.DetailNode node, DetailContent in) {
    List<String> path = new ArrayList<>();
    return find(node, in.root(), path) ? path : List.of();
  }

  @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
  private boolean find(
      DetailContent.DetailNode wanted, DetailContent.DetailNode from, List<String> path) {
    path.add(from.name());
    if (from == wanted) {
      return true;
    }
    DetailContent.DetailBytes own = from.own().isEmpty() ? null : read.get(path);
    for (DetailContent.DetailNode child : own == null ? from.children() : own.marks()) {
      if (find(wanted, child, path)) {
        return true;
      }
    }
    path.removeLast();
    return false;
  }

  private DetailContent.@Nullable DetailNode nodeAt(List<String> path, DetailContent in) {
    DetailContent.DetailNode node = in.root();
    for (int i = 1; i < path.size(); i++) {
      DetailContent.DetailBytes own = node.own().isEmpty() ? null : read.get(path.subList(0, i));
      List<DetailContent.DetailNode> below = own == null ? node.children() : own.marks();
      String name = path.get(i);
      DetailContent.DetailNode next =
          below.stream().filter(child -> child.name().equals(name)).findFirst().orElse(null);
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }
}
