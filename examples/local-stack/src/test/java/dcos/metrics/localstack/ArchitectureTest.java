// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import dcos.metrics.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfEveryModule() {
    ArchitectureRules.check(ArchitectureRules.mainClasses());
  }
}
