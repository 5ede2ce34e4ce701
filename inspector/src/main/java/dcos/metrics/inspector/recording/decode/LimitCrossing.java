// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.index.IndexedSource;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.store.BlockOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which record used up the allowance that a throttled record of the same connection found spent.
 *
 * <p>Recordings do not say when the collector's periods begin, but what was accepted says it: the
 * last record that was accepted is the one that crossed the limit, and those before it, as far back
 * as it takes to reach the limit, are of the same period. Known without decoding all of them only
 * where blocks are stored as they are.
 */
public final class LimitCrossing {
  /** Whoever asks waits: no more blocks are looked at, and no more of them are read. */
  private static final int MAX_BLOCKS = 10_000;

  private static final int MAX_READ = 32;

  private final RecordingIndex recordingIndex;
  private final RecordReader reader;
  // The connection's blocks, the latest first.
  private final List<RecordShare> shares = new ArrayList<>();
  private int reads;
  private SpentAllowance spent = new SpentAllowance(-1, 0, 0, 0, 0);

  /** Asks nothing yet; for one question. */
  public LimitCrossing(RecordingIndex recordingIndex, RecordReader reader) {
    this.recordingIndex = recordingIndex;
    this.reader = reader;
  }

  /**
   * How the allowance was spent.
   *
   * @param crossedBy the number of the record that crossed the limit, and still passed
   * @param sinceMs when the first that counts came
   * @param records that were accepted, that one among them
   * @param bytes of these in our encoding, before tags
   * @param sent records from the first that counts until the one that was asked for
   */
  public record SpentAllowance(long crossedBy, long sinceMs, long records, long bytes, long sent) {}

  /** The first records of a block. */
  private record RecordShare(BlockLocation block, BlockOutcomes facts, int first) {
    private int accepted() {
      int accepted = 0;
      for (int i = 0; i < first; i++) {
        accepted += isAccepted(i) ? 1 : 0;
      }
      return accepted;
    }

    private boolean isAccepted(int record) {
      return facts.term(record).filter(term -> term == LedgerTerm.HELD).isPresent();
    }
  }

  /** Before a record; empty where that is not known. */
  public Optional<SpentAllowance> before(long record, long limitBytes, long periodMs) {
    if (!recordingIndex.ask(() -> look(record, limitBytes, periodMs))) {
      return Optional.empty();
    }
    for (RecordShare share : shares) {
      if (reads > MAX_READ) {
        return Optional.empty();
      }
      count(share, limitBytes);
      if (spent.bytes() >= limitBytes) {
        return Optional.of(spent);
      }
    }
    return Optional.empty();
  }

  /** With the lock held; answers whether that can be looked at, as far back as it is kept. */
  private boolean look(long record, long limitBytes, long periodMs) {
    BlockLocation at = recordingIndex.index().blockOfRecord(record);
    IndexedSource source = at == null ? null : recordingIndex.sources().number(at.source());
    if (at == null || source == null) {
      return false;
    }
    long whole = 0;
    int oldest = recordingIndex.index().firstBlock();
    for (int number = at.number(); number >= oldest && whole < limitBytes; number--) {
      BlockLocation block = recordingIndex.index().block(number);
      BlockOutcomes facts = block == null ? null : recordingIndex.index().facts(number);
      if (block == null || facts == null || at.number() - number > MAX_BLOCKS) {
        return false;
      }
      if (block.wallMs() < at.wallMs() - periodMs) {
        return true;
      }
      if (block.source() == at.source()) {
        if (!isPlain(source.decoder(number))) {
          return false;
        }
        int first = number == at.number() ? (int) (record - at.firstRecord()) : block.records();
        var share = new RecordShare(block, facts, first);
        shares.add(share);
        whole += share.accepted() == block.records() ? block.length() : 0;
      }
    }
    return true;
  }

  private static boolean isPlain(@Nullable BlockDecoder decoder) {
    return decoder != null && decoder.isPlain();
  }

  /** Backwards from its last record, no further than the limit. */
  private void count(RecordShare share, long limitBytes) {
    BlockLocation block = share.block();
    int accepted = share.accepted();
    if (accepted == 0) {
      spend(-1, block.wallMs(), 0, 0, share.first());
    } else if (accepted == block.records() && spent.bytes() + block.length() < limitBytes) {
      long last = block.firstRecord() + block.records() - 1;
      spend(last, block.wallMs(), accepted, block.length(), share.first());
    } else {
      reads++;
      List<CapturedRecord> records = reader.records(block.firstRecord(), share.first());
      for (int i = records.size() - 1; i >= 0 && spent.bytes() < limitBytes; i--) {
        CapturedRecord record = records.get(i);
        boolean counts = share.isAccepted((int) (record.number() - block.firstRecord()));
        spend(
            counts ? record.number() : -1,
            block.wallMs(),
            counts ? 1 : 0,
            counts ? record.bytes() : 0,
            1);
      }
    }
  }

  private void spend(long last, long sinceMs, long records, long bytes, long sent) {
    spent =
        new SpentAllowance(
            spent.crossedBy() < 0 ? last : spent.crossedBy(),
            sinceMs,
            spent.records() + records,
            spent.bytes() + bytes,
            spent.sent() + sent);
  }
}
