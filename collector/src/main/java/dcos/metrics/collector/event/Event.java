// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.RecordState;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in the pipeline. Ids of sources, blocks and messages count up within one
 * run. A block's events come in this order: received, sorted, then the messages that its records
 * went into, then what became of those. Immutable; the arrays are shared and must not be changed.
 */
public sealed interface Event {
  /** When it happened. */
  EventTime at();

  /**
   * The state of everything; the first event of every recording and stream.
   *
   * @param version of the collector
   * @param settings as lines of an environment, secrets masked
   * @param sources that are open, the agent among them
   * @param agent what the agent last said, if it has
   * @param kafkaUp empty in a dry run
   */
  record Snapshot(
      EventTime at,
      String version,
      List<String> settings,
      List<OpenSource> sources,
      Optional<AgentState> agent,
      Optional<Boolean> kafkaUp,
      LedgerSnapshot ledger)
      implements Event {
    public Snapshot {
      settings = List.copyOf(settings);
      sources = List.copyOf(sources);
    }
  }

  /** A source that was open when the snapshot was taken; its header, if that was read. */
  record OpenSource(SourceOpened opened, Optional<HeaderSeen> header) {}

  /**
   * A connection was accepted.
   *
   * @param name as in logs and in the ledger, such as {@code tcp 127.0.0.1:40122}
   */
  record SourceOpened(EventTime at, long source, String name) implements Event {}

  /**
   * A stream's header was read.
   *
   * @param codec as Avro names it
   * @param writerSchema JSON, as it was sent
   * @param rewritten whether blocks are resolved to our schema, instead of passed through
   * @param header every byte of it, the sync marker included; empty in a snapshot where it was
   *     large
   * @param offset where it begins in the stream; -1 if that is not known
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the pipeline, which does not change it
  record HeaderSeen(
      EventTime at,
      long source,
      String codec,
      String writerSchema,
      boolean rewritten,
      byte[] header,
      long offset)
      implements Event {
    /** Of a stream with one container, or one of which the offset is not known. */
    public HeaderSeen(
        EventTime at,
        long source,
        String codec,
        String writerSchema,
        boolean rewritten,
        byte[] header) {
      this(at, source, codec, writerSchema, rewritten, header, -1);
    }
  }

  /**
   * A connection ended.
   *
   * @param cause one line; empty where the sender ended it between two blocks
   * @param offset how many bytes of the stream were read, or where it is broken
   * @param records in the blocks that were taken before
   */
  record SourceClosed(
      EventTime at, long source, String cause, long offset, long blocks, long records)
      implements Event {}

  /**
   * A block was read whole, and walked. What the agent says becomes blocks too: of our own schema,
   * uncompressed, at no offset.
   *
   * @param offset where the block begins in its stream, or -1
   * @param records how many
   * @param stored the body as it was sent, compressed where the stream is; without the counts
   *     before it and the sync marker behind it
   * @param container where the header of its container begins in the stream; -1 if there is none,
   *     or that is not known
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the pipeline, which does not change it
  record BlockReceived(
      EventTime at,
      long block,
      long source,
      long offset,
      int records,
      byte[] stored,
      long container)
      implements Event {
    /** Of the agent, or of a container that is not known. */
    public BlockReceived(
        EventTime at, long block, long source, long offset, int records, byte[] stored) {
      this(at, block, source, offset, records, stored, -1);
    }

    /**
     * Whether it may follow a header: not if it is known to follow another one.
     *
     * @param header where that begins in the stream; -1 if that is not known
     */
    public boolean mayFollow(long header) {
      return header < 0 || container < 0 || header == container;
    }
  }

  /**
   * Records of a block, from the first on of which nothing was decided yet, were sorted: one run
   * behind the other.
   */
  record RecordsSorted(EventTime at, long block, List<Run> runs) implements Event {
    public RecordsSorted {
      runs = List.copyOf(runs);
    }
  }

  /**
   * Records that follow one another and are held, or have the same outcome already.
   *
   * @param topic the Kafka topic; empty where it was rejected
   * @param outcome empty while they are held
   */
  record Run(String topic, Optional<Outcome> outcome, int records) {
    /** What was decided: that they are accepted, or the name of their outcome. */
    public String decision() {
      return outcome.map(decided -> decided.term().kind()).orElse(RecordState.ACCEPTED);
    }

    /** The ledger's term that they are in from now on. */
    public LedgerTerm term() {
      return outcome.map(Outcome::term).orElse(LedgerTerm.HELD);
    }
  }

  /**
   * The agent was asked.
   *
   * @param path such as {@code /containers}
   * @param from the URL or the file
   * @param failure one line; empty if it answered
   */
  record AgentAsked(EventTime at, String path, String from, long tookNanos, String failure)
      implements Event {}

  /** The agent said what it is and runs. */
  record AgentLearned(EventTime at, AgentState state) implements Event {}

  /**
   * A message was made.
   *
   * @param bytes the records' length, before tags
   * @param ranges the records that it holds, in their order
   */
  record MessageMade(
      EventTime at,
      long message,
      String topic,
      int records,
      long bytes,
      FlushTrigger trigger,
      List<RecordRange> ranges)
      implements Event {
    public MessageMade {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * What became of a message, or of a part of one that was split.
   *
   * @param records how many of the message's
   * @param ranges which ones, where they are not all
   */
  record MessageSettled(
      EventTime at, long message, int records, List<RecordRange> ranges, Outcome outcome)
      implements Event {
    public MessageSettled {
      ranges = List.copyOf(ranges);
    }

    /** The same of parts that are known by other numbers. */
    public MessageSettled with(List<RecordRange> otherRanges) {
      return new MessageSettled(at, message, records, otherRanges, outcome);
    }
  }

  /**
   * Kafka takes messages, or does not.
   *
   * @param error the last, one line; empty where it is up
   */
  record KafkaChanged(EventTime at, boolean up, String error) implements Event {}

  /**
   * Events were left out here, because a listener could not keep up. The ledger is not concerned.
   *
   * @param records in the blocks among them
   * @param bytes of the blocks among them
   */
  record Skipped(EventTime at, long events, long records, long bytes) implements Event {}
}
