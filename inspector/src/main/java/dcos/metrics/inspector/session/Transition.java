// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

/**
 * What an event did to the {@link OpenState}. Sessions report on threads of their own, so an event
 * may arrive after the state has left its session behind.
 *
 * @param <S> the states that the event may lead to
 */
public sealed interface Transition<S extends OpenState> {
  /**
   * The event is about a session that is open or starting.
   *
   * @param <S> the states that the event may lead to
   * @param next the state after the event
   */
  record Entered<S extends OpenState>(S next) implements Transition<S> {}

  /**
   * The event is about a session that is not open any more, and changes nothing.
   *
   * @param <S> the states that the event may lead to
   */
  record Stale<S extends OpenState>() implements Transition<S> {}
}
