// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.inspector.recording.state.RecordRates;
import dcos.metrics.inspector.recording.store.BlockIndex;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.store.BlockStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What events come to: counts, states, and an index of blocks and messages. Every method is called
 * with its lock held.
 */
public final class RecordingIndex implements AutoCloseable {

  /** What is kept of a source, without the headers of its containers. */
  private static final int SOURCE_BYTES = 512;

  private final EventClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockIndex index;
  private final DeliveryIndex deliveries;
  private final SourceIndex sources = new SourceIndex();
  private final TopicIndex topics = new TopicIndex();
  private final LedgerTermCounts total = new LedgerTermCounts();
  private final RateHistory history = new RateHistory();
  private final ErrorLog errors = new ErrorLog(history);
  private final KafkaHistory kafka = new KafkaHistory();
  private final AgentHistory agent = new AgentHistory();
  private final MissingData missing = new MissingData();
  private final MessageHistory messages;
  private List<String> settings = List.of();
  private boolean begun;

  /**
   * Of nothing yet; takes over the index.
   *
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public RecordingIndex(BlockIndex index, long deliveryBytes, LongSupplier nanoTime) {
    this.index = index;
    this.clock = new EventClock(nanoTime);
    this.deliveries = new DeliveryIndex(deliveryBytes, topics.names());
    this.messages = new MessageHistory(index, deliveries, sources, topics, total, kafka, errors);
  }

  /** Must be held by callers of everything else here, and of the objects returned here. */
  public ReentrantLock lock() {
    return lock;
  }

  /** Answers a question with the lock held. */
  public <T> T ask(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Where blocks are, and the verdicts on their records. */
  public BlockIndex index() {
    return index;
  }

  /** The messages. */
  public DeliveryIndex deliveries() {
    return deliveries;
  }

  /** Who sent. */
  public SourceIndex sources() {
    return sources;
  }

  /** What was sent for which topic. */
  public TopicIndex topics() {
    return topics;
  }

  /** What went wrong. */
  public ErrorLog errors() {
    return errors;
  }

  /** The rate over the whole recording. */
  public RecordRates rates() {
    return history.parts();
  }

  /** Enters an event; the bytes of a block are left out here. */
  public void enter(Event event) {
    clock.saw(event.at().wallMs());
    switch (event) {
      case Event.Snapshot snapshot -> begin(snapshot);
      case Event.SourceOpened opened -> open(opened);
      case Event.HeaderSeen seen -> beginContainer(seen);
      case Event.SourceClosed closed -> close(closed);
      case Event.BlockReceived block -> enterWithoutBytes(block, block.stored().length);
      case Event.RecordsSorted sorted -> sort(sorted);
      case Event.AgentAsked asked -> ask(asked);
      case Event.AgentLearned learned -> agent.learn(learned.state());
      case Event.MessageMade made -> messages.make(made);
      case Event.MessageSettled settled -> messages.settle(settled);
      case Event.KafkaChanged changed -> change(changed);
      case Event.Skipped skipped ->
          skip(skipped.at().wallMs(), skipped.events(), skipped.records(), skipped.bytes());
    }
  }

  /** A block whose bytes cannot be kept: it counts, but has no contents to show. */
  public void enterWithoutBytes(Event.BlockReceived block, long bytes) {
    clock.saw(block.at().wallMs());
    count(block);
    missing.skip(1, block.records(), bytes);
  }

  /** Events that could not be kept at all. */
  void skip(long wallMs, long events, long records, long bytes) {
    clock.saw(wallMs);
    if (events == 0 && records == 0) {
      return; // only says that the stream is alive
    }
    total.receive(records);
    topics.lose();
    missing.skip(events, records, bytes);
    errors.add(
        ErrorEntry.of(
            wallMs, ErrorEntry.ErrorKind.SKIPPED, "skipped " + events + " events, too fast"));
  }

  /** A block whose contents do not match its counts; its records cannot be read. */
  public void damaged(BlockLocation block, String reason) {
    index.setDamaged(block.number());
    missing.damage(block.records());
    IndexedSource source = sources.number(block.source());
    if (source != null) {
      source.addDamaged();
    }
    errors.ofSource(
        block.wallMs(), ErrorEntry.ErrorKind.DAMAGED_BLOCK, block.source(), block.offset(), reason);
  }

  /** How much cannot be shown. */
  public MissingData missing() {
    return missing;
  }

  /** Whether a snapshot was seen. */
  public boolean isBegun() {
    return begun;
  }

  /** The ledger's equation. */
  public LedgerTotals ledger() {
    return missing.beside(total.toMap());
  }

  /** Whether Kafka is up, and since when. */
  public CapturedKafka kafka() {
    return kafka.row();
  }

  /** What the agent said last. */
  public CapturedAgent agent() {
    return agent.row();
  }

  /** The collector's, as lines of an environment; empty if nobody said. */
  public List<String> settings() {
    return settings;
  }

  /** When the first event happened, in milliseconds since the epoch; 0 before one did. */
  public long firstMs() {
    return clock.firstMs();
  }

  EventClock clock() {
    return clock;
  }

  private void begin(Event.Snapshot snapshot) {
    settings = snapshot.settings();
    for (Event.OpenSource source : snapshot.sources()) {
      open(source.opened());
      source
          .header()
          .filter(seen -> !containersOf(seen).isLast(seen))
          .ifPresent(this::beginContainer);
    }
    snapshot.agent().ifPresent(agent::learn);
    boolean delivered = snapshot.ledger().total().records(LedgerTerm.DELIVERED) > 0;
    kafka.begin(snapshot.kafkaUp(), delivered, snapshot.at().wallMs());
    if (!begun) {
      // Later ones of the same recording say what was counted here.
      total.addAll(snapshot.ledger().total());
      topics.begin(snapshot.ledger());
      begun = true;
    }
  }

  private void beginContainer(Event.HeaderSeen seen) {
    containersOf(seen).begin(seen, index.nextBlock(), index.firstBlock());
  }

  private SourceContainers containersOf(Event.HeaderSeen seen) {
    return sources.of(seen.source(), seen.at().wallMs()).containers();
  }

  private void open(Event.SourceOpened opened) {
    IndexedSource source = sources.open(opened);
    if (source.name().equals(Source.AGENT_NAME)) {
      source.plain();
    }
    index.addSourceBytes(SOURCE_BYTES);
    sources.prune(index.firstBlock());
  }

  private void close(Event.SourceClosed closed) {
    IndexedSource source = sources.of(closed.source(), closed.at().wallMs());
    source.close(closed);
    if (!closed.cause().isEmpty()) {
      errors.ofSource(
          closed.at().wallMs(),
          ErrorEntry.ErrorKind.BROKEN_STREAM,
          source.number(),
          closed.offset(),
          source.name() + ": " + closed.cause() + " at offset " + closed.offset());
    }
  }

  private IndexedSource count(Event.BlockReceived block) {
    long wall = block.at().wallMs();
    IndexedSource source = sources.of(block.source(), wall);
    if (block.offset() < 0) {
      source.plain();
    }
    total.receive(block.records());
    source.counts.receive(block.records());
    source.rate.add(wall, block.records());
    history.add(wall, block.records());
    return source;
  }

  /** A block whose bytes were written to the file that the index had room in. */
  public void enter(Event.BlockReceived block, long position) {
    clock.saw(block.at().wallMs());
    IndexedSource source = count(block);
    long headerBytes = source.addBlock(index.nextBlock(), block, block.stored().length);
    index.add(block, source.number(), position);
    index.addSourceBytes(headerBytes);
  }

  /** A block of a file that stays where it is; {@code at} is what the file knows it by. */
  public void enter(Event.BlockReceived block, BlockStore file, long at, int length) {
    clock.saw(block.at().wallMs());
    IndexedSource source = count(block);
    long headerBytes = source.addBlock(index.nextBlock(), block, length);
    index.point(file, block, source.number(), at, length);
    index.addSourceBytes(headerBytes);
  }

  private void sort(Event.RecordsSorted sorted) {
    long wall = sorted.at().wallMs();
    IndexedSource source = sourceOf(sorted.block());
    Map<LedgerTerm, Event.Run> leftOut = new EnumMap<>(LedgerTerm.class);
    for (Event.Run run : sorted.runs()) {
      LedgerTerm term = run.term();
      boolean named = term == LedgerTerm.HELD || !run.topic().isEmpty();
      int topic = named ? topics.names().number(run.topic()) : -1;
      index.addDecision(sorted.block(), topic, term, run.records());
      if (term == LedgerTerm.HELD) {
        topics.accepted(topic, run.records(), wall);
        continue;
      }
      leftOut.merge(
          term, run, (all, one) -> new Event.Run("", one.outcome(), all.records() + one.records()));
      if (topic >= 0 && term != LedgerTerm.REJECTED_TOPIC) {
        topics.leftOut(topic, term, run.records(), wall);
      }
    }
    leftOut.values().forEach(run -> leaveOut(source, run, wall));
  }

  private void leaveOut(@Nullable IndexedSource source, Event.Run run, long wallMs) {
    LedgerTerm term = run.term();
    total.settle(term, run.records());
    if (source != null) {
      source.counts.settle(term, run.records());
    }
    if (term == LedgerTerm.UNKNOWN) {
      return; // nothing is known to have gone wrong
    }
    boolean throttled = term == LedgerTerm.THROTTLED_INPUT;
    ErrorEntry.ErrorKind kind =
        throttled ? ErrorEntry.ErrorKind.THROTTLED : ErrorEntry.ErrorKind.REJECTED;
    String text = "records left out: " + term.explanation();
    if (source == null) {
      errors.add(ErrorEntry.of(wallMs, kind, text));
    } else {
      errors.ofSource(wallMs, kind, source.number(), -1, source.name() + ": " + text);
    }
  }

  private void ask(Event.AgentAsked asked) {
    agent.ask(asked);
    if (!asked.failure().isEmpty()) {
      errors.add(
          ErrorEntry.of(
              asked.at().wallMs(),
              ErrorEntry.ErrorKind.AGENT,
              asked.from() + ": " + asked.failure()));
    }
  }

  private void change(Event.KafkaChanged changed) {
    kafka.change(changed.up(), changed.error(), changed.at().wallMs());
    if (!changed.up()) {
      errors.add(
          ErrorEntry.of(
              changed.at().wallMs(),
              ErrorEntry.ErrorKind.KAFKA_DOWN,
              "Kafka acknowledges no messages: " + changed.error()));
    }
  }

  private @Nullable IndexedSource sourceOf(long blockId) {
    BlockLocation block = index.block(index.numberOf(blockId));
    return block == null ? null : sources.number(block.source());
  }

  /** Takes the lock itself. */
  @Override
  public void close() {
    lock.lock();
    try {
      index.close();
    } finally {
      lock.unlock();
    }
  }
}
