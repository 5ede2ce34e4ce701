// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.testing.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BufferRecordOriginTest {
  private static final MetricList SHORT = Records.of("a");
  private static final MetricList LONG = Records.of("a", "host", "a1");
  private static final int SHORT_BYTES = Records.block(SHORT).length();
  private static final int LONG_BYTES = Records.block(LONG).length();

  private final Ledger ledger = new Ledger();
  private final Account one = account(ledger.open("tcp 127.0.0.1:1"), "a");
  private final Account other = account(ledger.open("tcp 127.0.0.1:2"), "a");

  @Test
  void keepsWhichRecordsOfWhichBlocksItHolds() {
    var origin = new BufferRecordOrigin(BlockRecordOrigin.whole(one, 1));
    origin.add(BlockRecordOrigin.whole(one, 1), 0, Records.block(SHORT, SHORT));
    origin.add(
        BlockRecordOrigin.some(other, 2, new int[] {0, 1, 5, 7, 8}),
        1,
        Records.block(SHORT, SHORT, SHORT, SHORT));

    assertThat(ranges(origin, 0, 6))
        .containsExactly(
            new RecordRange(1, 0, 2),
            new RecordRange(2, 1, 1),
            new RecordRange(2, 5, 1),
            new RecordRange(2, 7, 2));
    assertThat(ranges(origin, 1, 2))
        .containsExactly(new RecordRange(1, 1, 1), new RecordRange(2, 1, 1));
    assertThat(ranges(origin, 5, 1)).containsExactly(new RecordRange(2, 8, 1));
  }

  @Test
  void settlesEachSequenceOfRecordsOfASourceInOnePosting() {
    RecordBlock all = Records.block(SHORT, LONG, LONG, SHORT);
    var origin = new BufferRecordOrigin(BlockRecordOrigin.untraced(one, 1));
    origin.add(BlockRecordOrigin.untraced(one, 1), 0, Records.block(SHORT));
    origin.add(BlockRecordOrigin.untraced(one, 2), 0, Records.block(LONG));
    origin.add(BlockRecordOrigin.untraced(other, 3), 0, Records.block(LONG));
    origin.add(BlockRecordOrigin.untraced(one, 4), 0, Records.block(SHORT));

    assertThat(said(origin, 0, all))
        .containsExactly(
            "1: 2 of " + (SHORT_BYTES + LONG_BYTES),
            "2: 1 of " + LONG_BYTES,
            "1: 1 of " + SHORT_BYTES);
    RecordBlock head = all.head(3);
    assertThat(said(origin, 0, all.head(1))).containsExactly("1: 1 of " + SHORT_BYTES);
    assertThat(said(origin, 1, head.after(all.head(1))))
        .containsExactly("1: 1 of " + LONG_BYTES, "2: 1 of " + LONG_BYTES);
    assertThat(said(origin, 3, all.after(head))).containsExactly("1: 1 of " + SHORT_BYTES);
  }

  @Test
  void holdsNoRecordsOfAnotherTopicsRowNorWithoutATrace() {
    var origin = new BufferRecordOrigin(BlockRecordOrigin.whole(one, 1));
    Account another = account(ledger.open("tcp 127.0.0.1:3"), "b");

    assertThat(origin.accepts(BlockRecordOrigin.whole(other, 2))).isTrue();
    assertThat(origin.accepts(BlockRecordOrigin.untraced(other, 2))).isFalse();
    assertThat(origin.accepts(BlockRecordOrigin.whole(another, 2))).isFalse();
  }

  @Property
  void knowsOfAnyRangeWhatASimpleListKnows(@ForAll long seed) {
    var random = new Random(seed);
    var account = new Account[] {one, other};
    List<MetricList> lists = new ArrayList<>();
    List<Long> owners = new ArrayList<>();
    List<RecordRange> singles = new ArrayList<>();
    var origin = new BufferRecordOrigin(BlockRecordOrigin.whole(one, 1));
    long reserved = BufferRecordOrigin.bytesFor(BlockRecordOrigin.whole(one, 1), 0, 1);
    for (int block = 1; block <= 40; block++) {
      Account from = account[random.nextInt(2)];
      int[] places = places(random);
      MetricList[] added = new MetricList[places.length];
      for (int i = 0; i < places.length; i++) {
        added[i] = random.nextBoolean() ? SHORT : LONG;
        lists.add(added[i]);
        owners.add(from.source().id());
        singles.add(new RecordRange(block, places[i], 1));
      }
      BlockRecordOrigin blockOrigin = BlockRecordOrigin.some(from, block, places);
      reserved += origin.growthFor(blockOrigin, 0, places.length);
      origin.add(blockOrigin, 0, Records.block(added));
      assertThat(origin.growthFor(blockOrigin, 0, 0)).isZero();
    }

    RecordBlock all = Records.block(lists.toArray(MetricList[]::new));
    int first = random.nextInt(lists.size());
    int count = 1 + random.nextInt(lists.size() - first);
    RecordBlock range = all.after(all.head(first)).head(count);

    assertThat(each(ranges(origin, first, count))).isEqualTo(singles.subList(first, first + count));
    List<Posting> postings = postings(origin, first, range);
    List<Long> settled = new ArrayList<>();
    RecordCursor cursor = range.cursor();
    for (Posting posting : postings) {
      int from = cursor.end();
      for (int i = 0; i < posting.records(); i++) {
        settled.add(posting.account().source().id());
        assertThat(cursor.next()).isTrue();
      }
      assertThat(posting.bytes()).isEqualTo(cursor.end() - from);
    }
    assertThat(settled).isEqualTo(owners.subList(first, first + count));
    assertThat(reserved).isGreaterThanOrEqualTo(16L * ranges(origin, 0, lists.size()).size());
  }

  private static int[] places(Random random) {
    int[] places = new int[1 + random.nextInt(6)];
    int place = 0;
    for (int i = 0; i < places.length; i++) {
      place += random.nextInt(3);
      places[i] = place++;
    }
    return places;
  }

  private static List<RecordRange> each(List<RecordRange> ranges) {
    List<RecordRange> singles = new ArrayList<>();
    for (RecordRange range : ranges) {
      for (int i = 0; i < range.records(); i++) {
        singles.add(new RecordRange(range.block(), range.first() + i, 1));
      }
    }
    return singles;
  }

  private static List<RecordRange> ranges(RecordOrigin origin, int first, int records) {
    List<RecordRange> ranges = new ArrayList<>();
    origin.addRanges(first, records, ranges);
    return ranges;
  }

  private static List<Posting> postings(RecordOrigin origin, int first, RecordBlock records) {
    List<Posting> postings = new ArrayList<>();
    origin.addPostings(first, records, postings);
    return postings;
  }

  private static List<String> said(RecordOrigin origin, int first, RecordBlock records) {
    return postings(origin, first, records).stream()
        .map(p -> p.account().source().id() + ": " + p.records() + " of " + p.bytes())
        .toList();
  }

  private Account account(Source source, String topic) {
    return ledger
        .receive(source, List.of(new Ledger.SourceEntry(topic, LedgerTerm.HELD, 1, 1)))
        .getFirst();
  }
}
