// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.testkit.PinnedNames;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Words of filters, which are also those of outputs and of the ledger. */
class PinnedWordsTest {
  private final PinnedNames pinned = PinnedNames.ofModule();

  @Test
  void noKeyOfFiltersChanges() {
    pinned.check("filter keys", Arrays.stream(FilterKey.values()).map(FilterKey::text).toList());
  }

  @Test
  void noOutcomeChanges() {
    SortedSet<String> words = new TreeSet<>();
    for (LedgerTerm term : LedgerTerm.values()) {
      words.add("name " + term.kind());
      words.add("code " + term.code());
      words.add("label " + term.label());
      if (!term.reason().isEmpty()) {
        words.add("reason " + term.reason());
      }
    }

    pinned.check("outcomes", words);
  }

  @Test
  void noStateChanges() {
    SortedSet<String> words = new TreeSet<>();
    words.add("decision " + RecordState.ACCEPTED);
    words.add("message prefix " + MessageState.PARTLY.strip());
    for (MessageState state : List.of(MessageState.QUEUED, MessageState.SENDING)) {
      words.add("message " + state.name());
    }
    for (RecordState state :
        List.of(
            RecordState.RECEIVED,
            RecordState.IN_BATCH,
            RecordState.IN_MESSAGE,
            RecordState.RECEIVED.damaged())) {
      words.add("record " + state.name());
      words.add("record label " + state.label());
    }

    pinned.check("states", words);
  }

  @Test
  void noTriggerChanges() {
    pinned.check("triggers", Arrays.stream(FlushTrigger.values()).map(FlushTrigger::word).toList());
  }
}
