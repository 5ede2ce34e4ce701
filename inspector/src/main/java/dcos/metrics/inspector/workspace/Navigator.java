// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

/** Shows what a link leads to. FX thread only. */
public interface Navigator {
  /** Shows a record among the others. */
  void toRecord(long number);

  /** Shows a message among the others. */
  void toDelivery(long number);

  /** Shows the detail of something. */
  void toDetail(DetailSubject subject);

  /** Shows what a filter finds. */
  void toFound(String filter, View view);
}
