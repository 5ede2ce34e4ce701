// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The detail pane: a node selected in the tree is highlighted in the bytes, and back. */
public final class DetailModel {
  private final ObjectProperty<@Nullable Detail> detail = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<Detail.@Nullable Node> highlighted =
      new ReadOnlyObjectWrapper<>();

  /** Starts with nothing selected. */
  public DetailModel() {
    detail.addListener((_, _, _) -> highlighted.set(null));
  }

  /** What is selected in the table; set by whoever can decode it. */
  public ObjectProperty<@Nullable Detail> detailProperty() {
    return detail;
  }

  public ReadOnlyObjectProperty<Detail.@Nullable Node> highlightedProperty() {
    return highlighted.getReadOnlyProperty();
  }

  public void highlight(Detail.@Nullable Node node) {
    highlighted.set(node);
  }

  /** Highlights what a byte belongs to. */
  public void highlightByte(int position) {
    Detail shown = detail.get();
    if (shown != null && position >= 0 && position < shown.bytes().length) {
      highlighted.set(shown.root().at(position));
    }
  }
}
