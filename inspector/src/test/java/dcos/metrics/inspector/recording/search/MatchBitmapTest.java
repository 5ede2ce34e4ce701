// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MatchBitmapTest {
  @Test
  void findsWhatASetFinds() {
    var random = new Random(3);
    var matches = new MatchBitmap();
    TreeSet<Long> naive = new TreeSet<>();
    for (long first = 0; first < 100_000; ) {
      int records = 1 + random.nextInt(500);
      matches.set(first, records, some(random, naive, first, records));
      if (random.nextInt(10) == 0) { // and those before once more
        long again = Math.max(0, first - 5000);
        matches.set(again, 5000, some(random, naive, again, 5000));
      }
      first += records;
    }
    long[] all = naive.stream().mapToLong(Long::longValue).toArray();

    assertThat(matches.count()).isEqualTo(all.length);
    assertThat(matches.numbers(0, all.length + 1)).isEqualTo(all);
    for (int i = 0; i < 500; i++) {
      int place = random.nextInt(all.length);
      assertThat(matches.numbers(place, 1)).containsExactly(all[place]);
      assertThat(matches.placeOf(all[place])).isEqualTo(place);
    }
    assertThat(matches.numbers(all.length, 5)).isEmpty();
  }

  @Test
  void forgetsWholePagesOfWhatWasDropped() {
    var matches = new MatchBitmap();
    var all = new BitSet();
    all.set(0, 40_000);
    matches.set(0, 40_000, all);

    matches.dropBefore(20_000);

    assertThat(matches.count()).isEqualTo(40_000 - 16_384);
    assertThat(matches.numbers(0, 1)).containsExactly(16_384);
    matches.set(0, 10, all);
    assertThat(matches.count()).isEqualTo(40_000 - 16_384);
  }

  private static BitSet some(Random random, Set<Long> naive, long first, int records) {
    var matching = new BitSet();
    for (int i = 0; i < records; i++) {
      if (random.nextInt(3) == 0) {
        matching.set(i);
        naive.add(first + i);
      } else {
        naive.remove(first + i);
      }
    }
    return matching;
  }
}
