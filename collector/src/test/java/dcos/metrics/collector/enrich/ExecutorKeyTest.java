// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorKeyTest {
  @Test
  void isTheFrameworkAndTheExecutor() {
    assertThat(ExecutorKey.of("5f2d-0001", "shop.1")).isEqualTo("5f2d-0001/shop.1");
    assertThat(ExecutorKey.of("a/b%c", "d/e%f")).isEqualTo("a%2Fb%25c/d/e%f");
  }

  @Test
  void isNeverTheSameForDifferentExecutors() {
    List<String> ids = List.of("", "a", "/", "a/", "/a", "a/a", "//", "%", "%2F", "%25", "a%2Fa");
    Map<String, String> seen = new HashMap<>();
    for (String framework : ids) {
      for (String executor : ids) {
        String pair = framework + " and " + executor;
        assertThat(seen.put(ExecutorKey.of(framework, executor), pair)).as(pair).isNull();
      }
    }
  }
}
