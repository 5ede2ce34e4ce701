// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.http.HttpEndpoint;
import dcos.metrics.collector.testing.StandardError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorLimitTest {
  @Test
  void allConnectionsFitIntoAUsualLimit() throws Exception {
    var descriptors = DescriptorLimit.of(4096, 1024);

    assertThat(descriptors.senders()).isEqualTo(1024);
    assertThat(descriptors.httpClients()).isEqualTo(HttpEndpoint.MAX_CONNECTIONS);
    try (StandardError err = StandardError.captured()) {
      descriptors.warnIfFewer(1024);
      assertThat(err.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 64, 100, 256, 1024, 1600})
  void neverMoreThanTheLimitAndSomeForAll(long limit) {
    var descriptors = DescriptorLimit.of(limit, 100_000);

    assertThat(descriptors.senders()).isPositive();
    assertThat(descriptors.httpClients()).isPositive();
    if (limit >= 64) {
      assertThat(31 + descriptors.senders() + descriptors.httpClients()).isLessThan((int) limit);
    }
  }

  @Test
  void warnsOfFewerConnections() throws Exception {
    try (StandardError err = StandardError.captured()) {
      DescriptorLimit.of(1024, 1024).warnIfFewer(1024);

      err.awaitLine(
          "WARN.*too few file descriptors for max-connections; accepting fewer connections"
              + " max-connections=1024 used=756 limit=1024");
    }
  }

  @Test
  void knowsTheLimitOfThisProcess() {
    assertThat(DescriptorLimit.ofThisProcess(1).limit()).isPositive();
  }
}
