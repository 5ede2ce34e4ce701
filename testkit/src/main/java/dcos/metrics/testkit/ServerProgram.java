// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** A server of the test kit as a program: it reports its port, and runs until a signal. */
public final class ServerProgram {
  private ServerProgram() {}

  /**
   * The port to listen on, and the file to write it to.
   *
   * @param port the wished one, or another where that is taken
   */
  public record Arguments(int port, Path portFile) {
    public static Arguments parse(String program, String[] arguments) {
      if (arguments.length != 2 || !arguments[0].matches("\\d{1,5}")) {
        System.err.println("usage: " + program + " PORT FILE-TO-WRITE-THE-PORT-TO");
        System.exit(2);
      }
      int preferred = Integer.parseInt(arguments[0]);
      int port = FreePorts.isFree(preferred) ? preferred : FreePorts.pick();
      if (port != preferred) {
        System.out.println("port " + preferred + " is taken, using " + port);
      }
      return new Arguments(port, Path.of(arguments[1]));
    }
  }

  /** Writes the port's file at once whole, then waits for SIGTERM or SIGINT and closes. */
  public static void serve(Arguments arguments, AutoCloseable server)
      throws IOException, InterruptedException {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      close(server);
                      stopped.countDown();
                    }));
    Path partial = Path.of(arguments.portFile() + ".partial");
    Files.writeString(partial, arguments.port() + "\n");
    Files.move(partial, arguments.portFile(), StandardCopyOption.ATOMIC_MOVE);
    System.out.println("listening on 127.0.0.1:" + arguments.port());
    stopped.await();
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      System.err.println("could not stop: " + e.getMessage());
    }
  }
}
