// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one topic that go to Kafka together, as one container. Its bytes are made when they
 * are sent, and again if they are sent again.
 *
 * @param id counts up from 1 in one run of the collector
 * @param topic the Kafka topic
 * @param slices at least one, in order of arrival
 * @param records how many records the slices hold
 * @param bytes the records' length, before tags
 * @param whole false where it is a part of one that was split
 */
public record Message(
    long id,
    String topic,
    List<Slice> slices,
    int records,
    long bytes,
    Trigger trigger,
    boolean whole) {
  public Message {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("a message of " + topic + " has no records");
    }
  }

  public static Message of(long id, String topic, List<Slice> slices, Trigger trigger) {
    return of(id, topic, slices, trigger, true);
  }

  private static Message of(
      long id, String topic, List<Slice> slices, Trigger trigger, boolean whole) {
    int records = 0;
    long bytes = 0;
    for (Slice slice : slices) {
      records += slice.records().records();
      bytes += slice.records().length();
    }
    return new Message(id, topic, slices, records, bytes, trigger, whole);
  }

  /**
   * Two messages of about half the records each, which take over the slices of this one; both keep
   * its id.
   *
   * @throws IllegalStateException if there is only one record
   */
  public List<Message> split() {
    if (records < 2) {
      throw new IllegalStateException("message " + id + " of " + topic + " has only one record");
    }
    List<Slice> first = new ArrayList<>();
    List<Slice> second = new ArrayList<>();
    int left = records / 2;
    for (Slice slice : slices) {
      int count = slice.records().records();
      if (left >= count) {
        first.add(slice);
      } else if (left <= 0) {
        second.add(slice);
      } else {
        slice.held().retain();
        RecordBlock head = slice.records().head(left);
        first.add(new Slice(slice.held(), head, slice.first()));
        RecordBlock rest = slice.records().after(head);
        second.add(new Slice(slice.held(), rest, slice.first() + left));
      }
      left -= count;
    }
    return List.of(of(id, topic, first, trigger, false), of(id, topic, second, trigger, false));
  }

  /** Which records it holds, in their order. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Slice slice : slices) {
      slice.held().origin().addParts(slice.first(), slice.records().records(), parts);
    }
    return parts;
  }

  /** Gives the memory of all records back; once, when the message is settled. */
  public void release() {
    slices.forEach(Slice::release);
  }
}
