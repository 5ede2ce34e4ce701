// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.deliveries;

import dcos.metrics.inspector.format.OutcomeText;
import dcos.metrics.inspector.recording.FilteredRecording;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Shows messages in their table, and the batches that will be the next ones. FX thread only. */
public final class DeliveriesPresenter {
  private final RowWindow<DeliveryRow> rows;
  private final BooleanSupplier isGrowing;

  /**
   * @param isGrowing whether more may come: only then batches show
   */
  public DeliveriesPresenter(TableModel<DeliveryRow> table, BooleanSupplier isGrowing) {
    this.rows = table.window();
    this.isGrowing = isGrowing;
  }

  public void show(FilteredRecording shown) {
    rows.show(
        new DeliveryRows(
            RowSource.of(shown::deliveryCount, shown::deliveries, DeliveriesPresenter::row),
            () -> isGrowing.getAsBoolean() ? batching(shown) : List.of()));
  }

  public void showNothing() {
    rows.show(RowSource.none());
  }

  /** Whether the table has a row at a place, as far as was searched. */
  public boolean has(long place) {
    rows.refresh();
    return place < rows.countProperty().get();
  }

  /** Selects the row at a place, and scrolls to it. */
  public void reveal(long place) {
    rows.reveal(place);
  }

  /** The number of the selected message, -1 for a batch; empty if none is selected. */
  public OptionalLong selected() {
    DeliveryRow row = rows.selectedRowProperty().get();
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.position());
  }

  private static DeliveryRow row(CapturedDelivery delivery) {
    return new DeliveryRow(
        delivery.number(),
        delivery.id(),
        delivery.wallMs(),
        delivery.topic(),
        delivery.records(),
        delivery.bytes(),
        OutcomeText.trigger(delivery.trigger()),
        OutcomeText.state(delivery),
        OutcomeText.tone(delivery),
        millis(delivery.batchNanos()),
        millis(delivery.settleNanos()));
  }

  /** What is being collected has been so since its first record came, by the same clock. */
  private static List<DeliveryRow> batching(FilteredRecording shown) {
    List<CapturedDelivery> rows = shown.batching();
    long now = rows.isEmpty() ? 0 : shown.recording().nowMs();
    return rows.stream()
        .map(DeliveriesPresenter::row)
        .map(row -> row.batchedFor((double) Math.max(0, now - row.millis())))
        .toList();
  }

  private static double millis(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / 1e6 : 0;
  }
}
