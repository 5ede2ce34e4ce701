// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals that ask the process to end. */
@FunctionalInterface
interface Signals {
  /** From now on each signal comes here, on a thread of its own, by its name. */
  void handle(Consumer<String> action);

  /**
   * Of this process. A shutdown hook would not do: after it the JVM exits with 143 whatever became
   * of the records, and a second signal is lost. The JDK's own signals are the alternative, reached
   * by name because javac warns of them without a way to say that it is meant.
   */
  static Signals ofProcess() {
    return action -> {
      install("TERM", action);
      install("INT", action);
    };
  }

  @SuppressWarnings("ReferenceEquality") // the proxy is equal to itself only
  private static void install(String name, Consumer<String> action) {
    Logger logger = LoggerFactory.getLogger(Signals.class);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation =
          (proxy, method, args) ->
              switch (method.getName()) {
                case "handle" -> {
                  action.accept("SIG" + name);
                  yield null;
                }
                case "equals" -> proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of SIG" + name;
              };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handler}, invocation);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      logger
          .atWarn()
          .addKeyValue("signal", "SIG" + name)
          .addKeyValue("cause", e.getCause() == null ? e.toString() : e.getCause().toString())
          .log("a signal cannot be handled, it ends the process without a drain");
    }
  }
}
