// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdMapTest {
  @Test
  void holdsWhatAMapHolds() {
    var random = new Random(7);
    var ids = new IdMap();
    Map<Long, Integer> naive = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long id = random.nextLong(-50, 1950);
      if (random.nextBoolean()) {
        ids.put(id, i);
        naive.put(id, i);
      } else {
        int number = naive.getOrDefault(id, 5);
        ids.remove(id, number);
        naive.remove(id, number);
      }
      assertThat(ids.get(id)).isEqualTo(naive.getOrDefault(id, IdMap.NONE));
    }
    assertThat(ids.size()).isEqualTo(naive.size());
    naive.forEach((id, number) -> assertThat(ids.get(id)).isEqualTo(number));
  }

  @Test
  void doesNotForgetAnIdThatStandsForAnotherNumberNow() {
    var ids = new IdMap();
    ids.put(1, 10);
    ids.put(1, 20);

    ids.remove(1, 10);

    assertThat(ids.get(1)).isEqualTo(20);
  }

  @Test
  void givesItsRoomBack() {
    var ids = new IdMap();
    for (int i = 0; i < 100_000; i++) {
      ids.put(i, i);
    }
    for (int i = 0; i < 100_000; i++) {
      ids.remove(i, i);
    }

    assertThat(ids.size()).isZero();
    assertThat(ids.memoryBytes()).isLessThan(10_000);
  }
}
