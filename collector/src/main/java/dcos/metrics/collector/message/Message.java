// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of one topic that go to Kafka together, as one container. Its bytes are made when they
 * are sent, and again if they are sent again.
 *
 * @param id counts up from 1 in one run of the collector
 * @param topic the Kafka topic
 * @param slices at least one, in order of arrival
 * @param reservation for what the message takes beside its slices, until it is settled; null if
 *     that is not charged
 * @param records how many records the slices hold
 * @param bytes the records' length, before tags
 * @param whole false where it is a part of one that was split
 */
public record Message(
    long id,
    String topic,
    List<RecordSlice> slices,
    @Nullable Reservation reservation,
    int records,
    long bytes,
    FlushTrigger trigger,
    boolean whole) {
  public Message {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("a message of " + topic + " has no records");
    }
  }

  /** A message that no memory is charged for beside its slices. */
  public static Message of(long id, String topic, List<RecordSlice> slices, FlushTrigger trigger) {
    return of(id, topic, slices, null, trigger, true);
  }

  /**
   * A message of these slices.
   *
   * @param reservation for what the message takes beside its slices; closed by {@link #release}
   */
  public static Message of(
      long id,
      String topic,
      List<RecordSlice> slices,
      Reservation reservation,
      FlushTrigger trigger) {
    return of(id, topic, slices, reservation, trigger, true);
  }

  private static Message of(
      long id,
      String topic,
      List<RecordSlice> slices,
      @Nullable Reservation reservation,
      FlushTrigger trigger,
      boolean whole) {
    int records = 0;
    long bytes = 0;
    for (RecordSlice slice : slices) {
      records += slice.records().records();
      bytes += slice.records().length();
    }
    return new Message(id, topic, slices, reservation, records, bytes, trigger, whole);
  }

  /**
   * Two messages of about half the records each, which take over the slices of this one and its
   * charge; both keep its id.
   *
   * @throws IllegalStateException if there is only one record
   */
  public List<Message> split() {
    if (records < 2) {
      throw new IllegalStateException("message " + id + " of " + topic + " has only one record");
    }
    List<RecordSlice> first = new ArrayList<>();
    List<RecordSlice> second = new ArrayList<>();
    int left = records / 2;
    for (RecordSlice slice : slices) {
      int count = slice.records().records();
      if (left >= count) {
        first.add(slice);
      } else if (left <= 0) {
        second.add(slice);
      } else {
        slice.held().retain();
        RecordBlock head = slice.records().head(left);
        first.add(new RecordSlice(slice.held(), head, slice.first()));
        RecordBlock rest = slice.records().after(head);
        second.add(new RecordSlice(slice.held(), rest, slice.first() + left));
      }
      left -= count;
    }
    Reservation rest = reservation == null ? null : reservation.split(reservation.bytes() / 2);
    return List.of(
        of(id, topic, first, reservation, trigger, false),
        of(id, topic, second, rest, trigger, false));
  }

  /** Which records it holds, in their order. */
  public List<RecordRange> ranges() {
    List<RecordRange> ranges = new ArrayList<>();
    for (RecordSlice slice : slices) {
      slice.held().origin().addRanges(slice.first(), slice.records().records(), ranges);
    }
    return ranges;
  }

  /** What the ledger settles, together all records of the message. */
  public List<Ledger.Posting> postings() {
    List<Ledger.Posting> postings = new ArrayList<>();
    for (RecordSlice slice : slices) {
      slice.held().origin().addPostings(slice.first(), slice.records(), postings);
    }
    return postings;
  }

  /** Gives the memory of all records back; once, when the message is settled. */
  public void release() {
    slices.forEach(RecordSlice::release);
    if (reservation != null) {
      reservation.close();
    }
  }
}
