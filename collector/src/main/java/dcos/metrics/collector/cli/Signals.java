// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals that stop the process. */
@FunctionalInterface
interface Signals {
  /**
   * Those that end a process unless it handles them, as far as the JDK can: TERM and INT from
   * supervisors and terminals, the others from timers, limits and power supplies. Missing are KILL,
   * which no process can handle, those that report a fault of the process itself (BUS, FPE, ILL,
   * SEGV), QUIT, which is the JVM's thread dump, and the real-time signals, which the JDK has no
   * names for.
   */
  List<String> STOPPING =
      List.of(
          "TERM", "INT", "ALRM", "VTALRM", "PROF", "XCPU", "PWR", "IO", "STKFLT", "TRAP", "SYS",
          "ABRT");

  /** The action gets the name of each stopping signal, on a thread of its own. */
  void handle(Consumer<String> action);

  /**
   * Those of this process. Other signals that would end it are logged and ignored: USR1, and HUP
   * without a controlling terminal; with one, HUP means that the terminal was closed, and stops.
   *
   * <p>A shutdown hook would not do: after it the JVM exits with 143 whatever became of the
   * records, and a second signal is lost. The alternative is the JDK's own signals. They are
   * reached by name, because javac warns of them and the warning cannot be suppressed.
   */
  static Signals ofProcess() {
    boolean terminal = hasControllingTerminal();
    return action -> {
      STOPPING.forEach(name -> install(name, action));
      install("HUP", terminal ? action : Signals::ignore);
      install("USR1", Signals::ignore);
    };
  }

  private static boolean hasControllingTerminal() {
    try (InputStream _ = new FileInputStream("/dev/tty")) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void ignore(String name) {
    LoggerFactory.getLogger(Signals.class)
        .atInfo()
        .addKeyValue("signal", name)
        .log("ignoring a signal");
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
          .log("cannot handle a signal; it will end the process without a drain");
    }
  }
}
