// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Accounts for every record, by source and by topic, in records and in bytes (a record's bytes: its
 * length in our encoding, before tags). Each method enters what it is given whole, so that the
 * equation of {@link LedgerTerm} holds in every snapshot. At most 1,000 topics and 1,000 closed
 * connections have rows; the rest count in {@code other}, as does a topic of that name.
 * Thread-safe.
 */
public final class Ledger {
  /** What the rows fold into beyond the bound. */
  public static final String OTHER = "other";

  /** The most rows of topics, and of connections that are over. */
  public static final int MAX_ROWS = 1000;

  // What Kafka takes. Only the topic of a rejected record is longer, and by megabytes if it likes.
  private static final int MAX_NAME = 249;

  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by lock.
  private final LedgerRow total = new LedgerRow("total");
  private long lastSource;
  private final Set<Source> open = new LinkedHashSet<>();
  private final ArrayDeque<Source> closed = new ArrayDeque<>();
  private final LedgerRow otherSources = new LedgerRow(OTHER);
  // The topic that was used longest ago comes first.
  private final Map<String, LedgerRow> topics = new LinkedHashMap<>(16, 0.75f, true);
  private final LedgerRow otherTopics = new LedgerRow(OTHER);

  /**
   * Records of one block that share a topic and a verdict.
   *
   * @param topic the Kafka topic, or as it was sent where it can not be one
   * @param verdict {@link LedgerTerm#HELD} if accepted, or why it was not
   */
  public record SourceEntry(String topic, LedgerTerm verdict, int records, long bytes) {
    public SourceEntry {
      if (verdict.isIncome()) {
        throw new IllegalArgumentException(verdict + " is no verdict");
      }
      requireNoneNegative(records, bytes);
    }
  }

  /** Held records that are settled. */
  public record Posting(Account account, int records, long bytes) {
    public Posting {
      requireNoneNegative(records, bytes);
    }
  }

  /** Opens a row for a source. */
  public Source open(String name) {
    lock.lock();
    try {
      Source source = new Source(++lastSource, name, new LedgerRow(name));
      open.add(source);
      return source;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will be received from this source; what it sent may still be held. */
  public void close(Source source) {
    lock.lock();
    try {
      if (!open.remove(source)) {
        return;
      }
      closed.add(source);
      if (closed.size() > MAX_ROWS) {
        closed.remove().foldInto(otherSources);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Enters a block of records with their verdicts.
   *
   * @return an account for each entry, in their order, to settle those that are held
   */
  public List<Account> receive(Source source, Collection<SourceEntry> entries) {
    List<Account> accounts = new ArrayList<>(entries.size());
    lock.lock();
    try {
      for (SourceEntry entry : entries) {
        LedgerRow topic = topicRow(entry.topic());
        for (LedgerRow row : List.of(total, source.row(), topic)) {
          row.add(LedgerTerm.RECEIVED, entry.records(), entry.bytes());
          row.add(entry.verdict(), entry.records(), entry.bytes());
        }
        accounts.add(new Account(source, topic));
      }
    } finally {
      lock.unlock();
    }
    return accounts;
  }

  /**
   * Moves records that were held to what became of them.
   *
   * @throws IllegalArgumentException if the outcome is none: held still, or income
   */
  public void settle(Collection<Posting> postings, LedgerTerm outcome) {
    if (outcome.isIncome() || outcome == LedgerTerm.HELD) {
      throw new IllegalArgumentException(outcome + " is no outcome");
    }
    lock.lock();
    try {
      for (Posting posting : postings) {
        Account account = posting.account();
        for (LedgerRow row : List.of(total, account.source().row(), account.topic())) {
          row.add(LedgerTerm.HELD, -posting.records(), -posting.bytes());
          row.add(outcome, posting.records(), posting.bytes());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** All rows, at one instant. */
  public LedgerSnapshot snapshot() {
    lock.lock();
    try {
      List<LedgerSnapshot.Line> sourceLines = new ArrayList<>();
      open.forEach(source -> sourceLines.add(line(source.row())));
      closed.forEach(source -> sourceLines.add(line(source.row())));
      lineOfOthers(otherSources).ifPresent(sourceLines::add);
      List<LedgerSnapshot.Line> topicLines = new ArrayList<>();
      topics.values().forEach(row -> topicLines.add(line(row)));
      lineOfOthers(otherTopics).ifPresent(topicLines::add);
      return new LedgerSnapshot(
          new Counts(total), List.copyOf(sourceLines), List.copyOf(topicLines));
    } finally {
      lock.unlock();
    }
  }

  /** The sums alone, for who looks often. */
  public Counts total() {
    lock.lock();
    try {
      return new Counts(total);
    } finally {
      lock.unlock();
    }
  }

  private LedgerRow topicRow(String fullName) {
    String topic = fullName.length() <= MAX_NAME ? fullName : cut(fullName);
    if (topic.equals(OTHER)) {
      // Two rows of one name would be one to whoever reads them.
      return otherTopics;
    }
    LedgerRow known = topics.get(topic);
    if (known != null) {
      return known;
    }
    if (topics.size() >= MAX_ROWS && !foldIdleTopic()) {
      return otherTopics;
    }
    LedgerRow row = new LedgerRow(topic);
    topics.put(topic, row);
    return row;
  }

  /** Makes room by the topic that was idle longest; one that holds records keeps its row. */
  private boolean foldIdleTopic() {
    // A bounded look: with very many topics in use, this runs for every record.
    int looks = 8;
    for (Iterator<LedgerRow> rows = topics.values().iterator();
        rows.hasNext() && looks > 0;
        looks--) {
      LedgerRow row = rows.next();
      if (row.holdsNothing()) {
        otherTopics.addAll(row);
        rows.remove();
        return true;
      }
    }
    return false;
  }

  /** Never between the two halves of one character: not every format can write half of one. */
  private static String cut(String name) {
    int end = Character.isHighSurrogate(name.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME;
    return name.substring(0, end) + "…";
  }

  private static void requireNoneNegative(int records, long bytes) {
    if (records < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "records and bytes must not be below 0, were " + records + " and " + bytes);
    }
  }

  private static Optional<LedgerSnapshot.Line> lineOfOthers(LedgerRow others) {
    return others.isUnused() ? Optional.empty() : Optional.of(line(others));
  }

  private static LedgerSnapshot.Line line(LedgerRow row) {
    return new LedgerSnapshot.Line(row.name(), new Counts(row));
  }
}
