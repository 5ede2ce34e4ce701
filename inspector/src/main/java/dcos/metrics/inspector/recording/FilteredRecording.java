// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records, messages and series of a recording that a search finds; all of them without a
 * search. Thread-safe.
 *
 * @param found null if nothing limits the recording
 */
public record FilteredRecording(Recording recording, @Nullable SearchResults found) {
  /** The series, in the order of arrival. */
  public List<Series> series() {
    return found == null ? recording.series() : found.series();
  }

  /** The series in the order that {@link #sortSeries} asked for. */
  public List<Series> sortedSeries() {
    return found == null ? recording.sortedSeries() : found.sortedSeries();
  }

  /** Asks for an order of {@link #sortedSeries}, of the whole recording as well. */
  public void sortSeries(SeriesOrder order) {
    recording.sortSeries(order);
    if (found != null) {
      found.sortSeries(order);
    }
  }

  /** How many records there are. */
  public long recordCount() {
    return found == null ? recording.recordCount() : found.count();
  }

  /** At most {@code most} records, from the one at a place on. */
  public List<CapturedRecord> records(long from, int most) {
    return found == null ? recording.records(from, most) : found.records(from, most);
  }

  /** Whether a record, by its number in the recording, is among them. */
  public boolean hasRecord(long number) {
    return found == null
        || Arrays.equals(found.numbers(found.placeOf(number), 1), new long[] {number});
  }

  /** The place of a record, or of the next one if it is not among them. */
  public long placeOfRecord(long number) {
    return found == null ? number : found.placeOf(number);
  }

  /** How many messages there are. */
  public long deliveryCount() {
    return found == null ? recording.deliveryCount() : found.deliveryCount();
  }

  /** At most {@code most} messages, from the one at a place on. */
  public List<CapturedDelivery> deliveries(long from, int most) {
    return found == null ? recording.deliveries(from, most) : found.deliveries(from, most);
  }

  /** The batches that are not messages yet, one per topic. */
  public List<CapturedDelivery> batching() {
    return found == null ? recording.batching() : found.batching();
  }

  /** Whether a message, by its number in the recording, is among them. */
  public boolean hasDelivery(long number) {
    if (found == null) {
      return true;
    }
    List<CapturedDelivery> there = found.deliveries(found.placeOfDelivery(number), 1);
    return !there.isEmpty() && there.getFirst().number() == number;
  }

  /** The place of a message, or of the next one if it is not among them. */
  public long placeOfDelivery(long number) {
    return found == null ? number : found.placeOfDelivery(number);
  }
}
